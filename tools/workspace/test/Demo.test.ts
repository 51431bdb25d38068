import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { pinned, workspaceRoot } from "../src/Step.ts"

const processesOf = (needle: string): ReadonlyArray<string> =>
  execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(needle))

describe("npm run demo", () => {
  it("exports by ID and by pages without a key, shows where, and leaves no process behind", () => {
    const env = { ...pinned }
    for (const name of ["MIXPEEK_API_KEY", "MIXPEEK_NAMESPACE", "MIXPEEK_BASE_URL"]) delete env[name]
    const ended = spawnSync("npm", ["run", "-s", "demo"], { cwd: workspaceRoot, env, encoding: "utf8" })
    assert.strictEqual(ended.status, 0, ended.stderr)
    const folder = join(workspaceRoot, /The files are in (\S+)\./.exec(ended.stdout)?.[1] ?? "missing")
    const rows = (run: string) => readFileSync(join(folder, run, "datapackage.json"), "utf8")
    assert.include(rows("all"), '"executions": 10000')
    assert.include(rows("all"), '"complete": true')
    assert.include(rows("by-id"), '"executions": 2000')
    assert.include(ended.stdout, "execution_key,execution_id,alert_id")
    assert.isFalse(existsSync(join(folder, "all.partial")))
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(ended.stdout)?.[1]
    assert.isDefined(port)
    assert.deepStrictEqual(processesOf(`tools/sandbox/src/main.ts --port 0 --executions 10000`), [])
    rmSync(folder, { recursive: true, force: true })
  }, 120_000)
})
