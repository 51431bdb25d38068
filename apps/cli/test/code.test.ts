import { assert, it } from "@effect/vitest"
import { ExitCode } from "@mixpeek-alerts/client"
import { Code } from "../src/Code.ts"

it("the exit codes that are known before the client is loaded are the client's", () => {
  const { dumped, hangup, ...shared } = Code
  assert.deepStrictEqual([hangup, dumped], [129, 131])
  for (const [name, code] of Object.entries(shared))
    assert.strictEqual(ExitCode[name as keyof typeof ExitCode], code, name)
})
