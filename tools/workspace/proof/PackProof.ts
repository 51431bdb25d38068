/**
 * `npm run proof:pack`: the four packages, packed as they would be published,
 * install in an empty folder and run there: the programs against the sandbox,
 * the libraries compiled and run by a stranger's own strict TypeScript.
 */
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startSandbox } from "../src/SandboxProcess.ts"
import { pinned, workspaceRoot } from "../src/Step.ts"
import { proving } from "./Report.ts"

const packages = ["libs/domain", "libs/client", "apps/cli", "apps/reporter"] as const

const program = `import { Mixpeek } from "@mixpeek-alerts/client"
import { topScore } from "@mixpeek-alerts/domain"
import { make } from "@mixpeek-alerts/domain/Sample"
import { Console, Effect, Stream } from "effect"

const program = Mixpeek.use((mixpeek) =>
  mixpeek.executions().pipe(
    Stream.filter((record) => record._tag === "ExecutionRecord" && topScore(record.execution) !== null),
    Stream.runCount,
    Effect.flatMap((count) => Console.log(make(1).json(0).length > 0, count)),
  ),
)
await Effect.runPromise(program.pipe(Effect.provide(Mixpeek.layerConfig())))
`

const compilerOptions = {
  module: "nodenext",
  target: "es2024",
  lib: ["es2024", "esnext.disposable", "dom"],
  strict: true,
  skipLibCheck: false,
  types: ["node"],
  outDir: "out",
}

const scratch = mkdtempSync(join(tmpdir(), "mixpeek-alerts-pack-"))
const run = (cwd: string, env: NodeJS.ProcessEnv, command: string, ...args: ReadonlyArray<string>): string =>
  execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })

try {
  const tarballs = join(scratch, "tarballs")
  const empty = join(scratch, "empty")
  for (const folder of ["tarballs", "empty"]) execFileSync("mkdir", [join(scratch, folder)])

  await proving("the four packages are built and packed", () => {
    run(workspaceRoot, pinned, "nx", "run-many", "-t", "build", "-p", ...packages)
    for (const root of packages) {
      run(join(workspaceRoot, root), pinned, "npm", "pack", "--silent", "--pack-destination", tarballs)
    }
    assert.equal(readdirSync(tarballs).length, packages.length)
  })

  await proving("they install in an empty folder", () => {
    writeFileSync(join(empty, "package.json"), '{"name":"stranger","private":true,"type":"module"}')
    const files = readdirSync(tarballs).map((name) => join(tarballs, name))
    const theirs = ["effect@4.1.0", "typescript@6.0.3", "@types/node@24.19.2"]
    run(empty, pinned, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--silent", ...files, ...theirs)
  })

  await using sandbox = await startSandbox(500)
  const bin = (name: string): string => join(empty, "node_modules", ".bin", name)

  await proving("the programs run there", () => {
    const listed = run(empty, sandbox.env, bin("mixpeek-alerts-reporter"), "export", "--all", "--quiet", "-o", "-")
    const ids = listed.match(/exec_[0-9a-f]+/g) ?? []
    assert.ok(ids.length > 400, `${ids.length} IDs`)
    const shown = run(empty, sandbox.env, bin("mixpeek-alerts"), "get", ids[0] ?? "", "--json")
    assert.equal((JSON.parse(shown) as { execution_id: string }).execution_id, ids[0])
  })

  await proving("the libraries compile and run there", () => {
    writeFileSync(join(empty, "main.ts"), program)
    writeFileSync(join(empty, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }))
    run(empty, pinned, bin("tsc"))
    assert.match(run(empty, sandbox.env, "node", "out/main.js"), /^true \d+/)
  })
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
