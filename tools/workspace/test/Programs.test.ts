import { spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { bundle } from "../src/Bundle.ts"
import { pinned, workspaceRoot } from "../src/Step.ts"

const programs = [
  { app: "apps/cli", name: "mixpeek-alerts" },
  { app: "apps/reporter", name: "mixpeek-alerts-reporter" },
] as const

const node = join(workspaceRoot, "node_modules", ".bin", "node")

describe.each(programs)("the bundle of $name", ({ app, name }) => {
  let folder = ""

  beforeAll(async () => {
    if (!readdirSync(join(workspaceRoot, app)).includes("dist")) await bundle(join(workspaceRoot, app))
    folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-dist-"))
    cpSync(join(workspaceRoot, app, "dist"), folder, { recursive: true })
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it("runs from its dist folder alone, with only Node beside it", () => {
    const ended = spawnSync(node, [join(folder, `${name}.mjs`), "--help"], { cwd: folder, env: {}, encoding: "utf8" })
    assert.strictEqual(ended.status, 0, ended.stderr)
    assert.include(ended.stdout, name)
  })

  it("says its version", () => {
    const ended = spawnSync(node, [join(folder, `${name}.mjs`), "--version"], {
      cwd: folder,
      env: {},
      encoding: "utf8",
    })
    assert.match(ended.stdout, /\d+\.\d+\.\d+/)
  })

  it("keeps what was compiled of it for its next start, where it has a home", () => {
    const home = mkdtempSync(join(folder, "home-"))
    const code = join(home, ".cache", "mixpeek-alerts", "code")
    const run = (...args: ReadonlyArray<string>) =>
      spawnSync(node, [join(folder, `${name}.mjs`), ...args], { cwd: folder, env: { HOME: home }, encoding: "utf8" })
    const kept = () => readdirSync(code).map((file) => ({ file, made: statSync(join(code, file)).mtimeMs }))
    assert.notStrictEqual(run("no-such-command").status, 0)
    assert.isFalse(existsSync(code))
    assert.strictEqual(run("--help").status, 0)
    const first = kept()
    assert.lengthOf(first, 1)
    const again = run("--help")
    assert.deepStrictEqual([again.status, again.stderr, kept()], [0, "", first])
  })

  it("starts by its name from the root of the workspace", () => {
    const ended = spawnSync("npx", ["--no-install", name, "--help"], {
      cwd: workspaceRoot,
      env: pinned,
      encoding: "utf8",
    })
    assert.strictEqual(ended.status, 0, ended.stderr)
    assert.include(ended.stdout, name)
  })
})
