import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { type FilterTerms, parseFilterTerms, parseRecord } from "../src/index.ts"
import { make } from "../src/Sample.ts"

const sample = make(3)
const records = Array.from({ length: 400 }, (_, index) => Result.getOrThrow(parseRecord(sample.json(index)))).filter(
  (record) => record._tag === "ExecutionRecord",
)
const now = Date.UTC(2026, 2, 1, 4)
const none: FilterTerms = {
  since: null,
  until: null,
  triggered: false,
  notTriggered: false,
  minScore: null,
  collections: [],
  where: null,
}

const passing = (terms: Partial<FilterTerms>): number => {
  const { test } = Result.getOrThrow(parseFilterTerms({ ...none, ...terms }, now))
  return records.filter(test).length
}

describe("filter terms", () => {
  it("keep everything when nothing was said", () => {
    assert.strictEqual(passing({}), records.length)
    assert.strictEqual(Result.getOrThrow(parseFilterTerms(none, now)).terms, 0)
  })

  it("all have to hold", () => {
    const collections = ["col_tv_ads", "col_archive_2025"]
    const both = passing({ triggered: true, since: "2h", collections })
    assert.isAbove(both, 0)
    assert.isBelow(both, Math.min(passing({ triggered: true }), passing({ since: "2h" }), passing({ collections })))
    assert.strictEqual(passing({ triggered: true }) + passing({ notTriggered: true }), records.length)
    assert.strictEqual(passing({ since: "2026-03-01 02:00" }) + passing({ until: "2026-03-01 02:00" }), records.length)
    assert.strictEqual(
      passing({ where: "triggered:yes", minScore: 0.9 }),
      passing({ where: "triggered:yes score:>=0.9" }),
    )
  })

  it("name a collection by its whole ID", () => {
    assert.strictEqual(passing({ collections: ["col_tv"] }), 0)
  })

  it("say what makes no sense", () => {
    for (const [terms, says] of [
      [{ triggered: true, notTriggered: true }, "--triggered and --not-triggered exclude each other."],
      [{ minScore: 1.5 }, "--min-score 1.5 is not a score."],
      [{ minScore: Number.NaN }, "--min-score NaN is not a score."],
      [{ since: "yesterday" }, '--since "yesterday" is not a time.'],
      [{ until: "" }, '--until "" is not a time.'],
      [{ where: "scor:>1" }, 'There is no field "scor".'],
    ] as const) {
      const { hint, message } = Result.getOrThrow(Result.flip(parseFilterTerms({ ...none, ...terms }, now)))
      assert.strictEqual(message, says)
      assert.isNotEmpty(hint)
    }
  })
})
