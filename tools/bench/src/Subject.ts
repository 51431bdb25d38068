/** Who is measured at the job of exporting: this workspace's reporter, and what a user would pick instead. */
import { dirname, join } from "node:path"
import type { ServerProcess } from "./ServerProcess.ts"

const root = join(import.meta.dirname, "..", "..", "..")
const rivals = join(import.meta.dirname, "..", "rivals")
const reporter = join(root, "apps", "reporter", "bin", "mixpeek-alerts-reporter.mjs")

/** How the executions are asked for. */
export type Way =
  | { readonly kind: "by-id"; readonly idsFile: string }
  | { readonly kind: "pages" }
  /** In pages of so many, as fast as the server allows. */
  | { readonly kind: "limited"; readonly pageSize: number }

export interface Subject {
  readonly name: string
  /** The command that exports from `baseUrl` into the folder `out`. */
  readonly command: (way: Way, baseUrl: string, out: string) => ReadonlyArray<string>
}

const concurrency = 64

/** What is measured. It makes its own folder, so it gets one that does not exist. */
export const ours: Subject = {
  name: "reporter",
  command: (way, _, out) => [
    process.execPath,
    reporter,
    "export",
    ...(way.kind === "by-id" ? ["--ids", way.idsFile, "--plan", "by-id"] : ["--all"]),
    ...(way.kind === "limited" ? [`--page-size=${way.pageSize}`] : ["--rate=unlimited"]),
    `--concurrency=${concurrency}`,
    "--quiet",
    `--out=${join(out, "run")}`,
  ],
}

const script = (name: string, start: ReadonlyArray<string>): Subject => ({
  name,
  command: (way, baseUrl, out) => [...start, way.kind, baseUrl, out, ...(way.kind === "by-id" ? [way.idsFile] : [])],
})

const node = (name: string, file: string): Subject => script(name, [process.execPath, join(rivals, file)])

/** The rivals; each is given an empty folder. */
export const raw = node("raw Node", "raw.mjs")
export const careful = node("careful Node", "careful.mjs")
export const developer = node("Node developer", "developer.mjs")
export const python = script("Python, 64 threads", ["python3", join(rivals, "threads.py")])
export const shell = script("curl and jq", ["bash", join(rivals, "curl-jq.sh")])

/** Where the tables are after a run of `subject` in `out`. */
export const tablesOf = (subject: Subject, out: string): string => (subject === ours ? join(out, "run") : out)

/** What every subject needs to ask the server. */
export const environment = (server: ServerProcess): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`,
  MIXPEEK_API_KEY: "sk_bench",
  MIXPEEK_NAMESPACE: "ns_bench",
  MIXPEEK_BASE_URL: server.baseUrl,
})
