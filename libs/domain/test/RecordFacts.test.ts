/** Facts that are read out of a record's bytes are those of the execution that it would be built to. */
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { factsOf } from "../src/ExecutionFacts.ts"
import { parseRecord } from "../src/ExecutionRecord.ts"
import { recordFacts } from "../src/RecordFacts.ts"
import { make } from "../src/Sample.ts"
import { ScannedRecord } from "../src/scan/ScannedRecord.ts"
import { wire } from "./Arbitraries.ts"
import { full, without } from "./Fixtures.ts"

const recordOf = (json: string) => Result.getOrThrow(parseRecord(Buffer.from(json)))

const agree = (json: string): boolean => {
  const record = recordOf(json)
  assert.deepStrictEqual(recordFacts(record), record._tag === "Quarantined" ? null : factsOf(record.execution))
  return record instanceof ScannedRecord
}

describe("the facts of a record", () => {
  it.prop("are those of its execution", [wire], ([one]) => {
    agree(JSON.stringify(one))
  })

  it("are read without building it", () => {
    const sample = make(5)
    const scanned = Array.from({ length: 300 }, (_, index) => agree(sample.json(index))).filter(Boolean)
    assert.isAbove(scanned.length, 200)
  })

  it("are right where something was not sent, or is nothing", () => {
    for (const record of [without("execution_id"), { ...full, matches: [] }, { ...full, matches: null }])
      assert.isTrue(agree(JSON.stringify(record)))
  })

  it("are none of a record that does not fit", () => {
    assert.isNull(recordFacts(recordOf('{"alert_id":1}')))
  })
})
