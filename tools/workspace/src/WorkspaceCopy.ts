/**
 * A copy of the workspace in a temporary folder, to change without a trace: its
 * own files, and links to the packages that are installed here.
 */
import { execFileSync, spawn } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { pinned, workspaceRoot } from "./Step.ts"

const scope = "@mixpeek-alerts"

/** What a command in a copy ended with. */
export interface Ended {
  readonly code: number | null
  readonly output: string
}

/** A copy, which is removed when it is disposed of. */
export interface WorkspaceCopy extends Disposable {
  readonly root: string
  /** The environment in which every tool is the pinned one and works on the copy. */
  readonly env: NodeJS.ProcessEnv
  /** Runs a command in the copy and gives what it said on both streams. */
  readonly run: (command: string, ...args: ReadonlyArray<string>) => Promise<Ended>
}

/** The files that git knows of, or would: nothing that is ignored. */
const filesOf = (root: string): ReadonlyArray<string> =>
  execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" })
    .split("\0")
    .filter((file) => file !== "" && existsSync(join(root, file)))

/** Installed packages are linked one by one, so that the workspace's own links lead into the copy. */
const linkPackages = (root: string): void => {
  const installed = join(workspaceRoot, "node_modules")
  mkdirSync(join(root, "node_modules"))
  for (const name of readdirSync(installed)) {
    if (name !== scope) symlinkSync(join(installed, name), join(root, "node_modules", name))
  }
  cpSync(join(installed, scope), join(root, "node_modules", scope), { recursive: true, verbatimSymlinks: true })
}

const running = (root: string, env: NodeJS.ProcessEnv, command: string, args: ReadonlyArray<string>): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] })
    let output = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text))
    child.once("error", reject).once("close", (code) => resolve({ code, output }))
  })

/** Copies the workspace as it is now, with what is not committed yet. */
export const copyWorkspace = (): WorkspaceCopy => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mixpeek-alerts-copy-")))
  for (const file of filesOf(workspaceRoot)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    cpSync(join(workspaceRoot, file), join(root, file))
  }
  linkPackages(root)
  const bin = join(root, "node_modules", ".bin")
  const env: NodeJS.ProcessEnv = {
    ...pinned,
    CI: "true",
    NX_WORKSPACE_ROOT_PATH: root,
    PATH: `${bin}${delimiter}${pinned["PATH"] ?? ""}`,
  }
  return {
    root,
    env,
    run: (command, ...args) => running(root, env, command, args),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}
