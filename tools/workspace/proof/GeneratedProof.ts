/**
 * A new app and a new library pass every gate at once, build and test; and Nx
 * does again what a change asks for, and nothing else. In a copy of the workspace.
 */
import assert from "node:assert/strict"
import { appendFileSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { copyWorkspace, type WorkspaceCopy } from "../src/WorkspaceCopy.ts"
import { proving } from "./Report.ts"

const made = [
  { kind: "app", name: "new-program", root: "apps/new-program" },
  { kind: "lib", name: "new-library", root: "libs/new-library" },
] as const

const run = async (copy: WorkspaceCopy, command: string, ...args: ReadonlyArray<string>): Promise<string> => {
  const { code, output } = await copy.run(command, ...args)
  assert.equal(code, 0, `${command} ${args.join(" ")}\n${output}`)
  return output
}

const generate = async (copy: WorkspaceCopy): Promise<void> => {
  for (const { kind, name, root } of made) {
    await run(copy, "nx", "g", `@mixpeek-alerts/workspace:${kind}`, name, "--skipInstall")
    // What `npm install` would do.
    symlinkSync(`../../${root}`, join(copy.root, "node_modules", "@mixpeek-alerts", name))
  }
}

/** Of how many tasks the results were there already. */
const cached = async (copy: WorkspaceCopy): Promise<{ readonly hits: number; readonly all: number }> => {
  const output = await run(copy, "nx", "run-many", "-t", "build", "lint")
  const [, hits, all] = /(\d+)\/(\d+) hit/.exec(output) ?? []
  return { hits: Number(hits), all: Number(all) }
}

const cacheIsRight = async (copy: WorkspaceCopy): Promise<void> => {
  const first = await cached(copy)
  assert.equal(first.hits, 0, "a copy begins without results")
  for (const path of ["README.md", "libs/domain/README.md", "apps/cli/README.md"]) {
    appendFileSync(join(copy.root, path), "\nOne more line.\n")
  }
  assert.deepEqual(await cached(copy), { hits: first.all, all: first.all }, "a README changed")
  appendFileSync(join(copy.root, "libs/domain/src/Malformed.ts"), "\nexport const oneMore = 1\n")
  // What uses no library stays.
  assert.ok((await cached(copy)).hits * 4 < first.all, "the domain changed")
}

const affected = async (copy: WorkspaceCopy, file: string): Promise<ReadonlyArray<string>> => {
  const shown = await run(copy, "nx", "show", "projects", "--json", "--affected", `--files=${file}`)
  return (JSON.parse(shown) as ReadonlyArray<string>).map((name) => name.replace("@mixpeek-alerts/", ""))
}

using copy = copyWorkspace()
await proving("the task cache hits and misses as it should", () => cacheIsRight(copy))
await proving("nx affected names what is above a change", async () => {
  const above = await affected(copy, "libs/client/src/Mixpeek.ts")
  for (const name of ["cli", "client", "reporter"]) assert.ok(above.includes(name), name)
  for (const name of ["domain", "sandbox", "workspace"]) assert.ok(!above.includes(name), name)
  assert.deepEqual(await affected(copy, "apps/reporter/src/main.ts"), ["reporter"])
})
using fresh = copyWorkspace()
await proving("an app and a library are generated", () => generate(fresh))
await proving("every gate passes", () => run(fresh, "node", "tools/workspace/src/Check.ts"))
await proving("they build, and pass their tests and the linter", () =>
  run(fresh, "nx", "run-many", "-t", "build", "test", "lint", "-p", ...made.map(({ root }) => root)),
)
