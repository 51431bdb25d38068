import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { parseIdText } from "../src/index.ts"

const ids = (text: string): ReadonlyArray<string> => Result.getOrThrow(parseIdText(text))

const wrongLine = (text: string): number | undefined => {
  const parsed = parseIdText(text)
  return Result.isFailure(parsed) ? parsed.failure.line : undefined
}

describe("IDs in a text", () => {
  it("are plain, URLs or JSON lines, in their order", () => {
    const text =
      '\uFEFFexec_1 # first\r\n\n# nothing\nhttps://x/executions/exec_2?a=1\n{"execution_id":"exec_3","a":1}\nexec_1'
    assert.deepStrictEqual(ids(text), ["exec_1", "exec_2", "exec_3", "exec_1"])
  })

  it("are refused with the number of the line", () => {
    assert.strictEqual(wrongLine("exec_1\na b"), 2)
    assert.strictEqual(wrongLine('exec_1\n\n{"id":1}'), 3)
    assert.strictEqual(wrongLine('{"execution_id":'), 1)
    assert.deepStrictEqual([wrongLine(""), wrongLine("# only\n"), wrongLine("exec_1\0")], [0, 0, 0])
  })
})
