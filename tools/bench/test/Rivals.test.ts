/** Every rival, and the exporter, on a small namespace: the bench itself works, and they agree. */
import { assert, describe, it } from "vitest"
import { byId, pages } from "../src/ExportBench.ts"

describe("the bench", () => {
  it("runs everybody by ID, who write the same rows with a request for each", async () => {
    const { table, verdicts } = await byId({ executions: 60, rounds: 1 })
    assert.match(table, /reporter .* 60\n/)
    assert.match(table, /curl and jq .* 60\n/)
    assert.strictEqual(verdicts.length, 3)
  })

  it("runs everybody by pages, who write the same rows with a request for each page", async () => {
    const { table, verdicts } = await pages({ executions: 2500, rounds: 1 })
    for (const name of [
      "reporter",
      "raw Node",
      "careful Node",
      "Node developer",
      "Python, 64 threads",
      "curl and jq",
    ]) {
      assert.match(table, new RegExp(`${name} .* 3\\n`))
    }
    const requests = verdicts.find(({ what }) => what.includes("requests"))
    assert.deepStrictEqual([requests?.value, requests?.atMost], [0.75, 1])
  })
})
