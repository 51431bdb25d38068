import { spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
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
