import { Result } from "effect"
import { assert, describe, it } from "@effect/vitest"
import { parseFilter } from "../src/ExecutionFilter.ts"
import { nastyText, text, wire } from "./Arbitraries.ts"
import { full, record, without } from "./Fixtures.ts"

const now = Date.UTC(2026, 2, 1, 12)
const passes = (filter: string, changes: Record<string, unknown> = {}): boolean =>
  Result.getOrThrow(parseFilter(filter, now)).test(record(JSON.stringify({ ...full, ...changes })))
const problem = (filter: string) => Result.getOrThrow(Result.flip(parseFilter(filter, now)))

describe("parseFilter", () => {
  it("lets everything pass when it has no terms", () => {
    for (const filter of ["", "  ", "\n"]) assert.isTrue(passes(filter))
    assert.strictEqual(Result.getOrThrow(parseFilter(" a  id:c ", now)).terms, 2)
  })

  const pairs: ReadonlyArray<readonly [yes: string, no: string]> = [
    ["triggered:yes", "triggered:no"],
    ["triggered:TRUE", "triggered:0"],
    ["score:>0.7", "score:>0.75"],
    ["score:>=0.75", "score:<0.75"],
    ["score:0.75", "score:=0.25"],
    ["score:0.75..1", "score:0..0.74"],
    ["score:0.7..0.75", "score:0.76..1"],
    ["matches:2", "matches:>2"],
    ["matches:<=2", "matches:<2"],
    ["took:120", "took:>120ms"],
    ["took:0.1s..1s", "took:>=1s"],
    ["since:3h", "since:2h"],
    ["since:2026-03-01T09:30", "since:2026-03-01T09:31"],
    ["until:2026-03-02", "until:2026-03-01"],
    ["id:EXEC", "id:exec_2"],
    ["alert:alt", "alert:col"],
    ["alert:=alt_1", "alert:=alt"],
    ["!alert:=ALT_1", "id:=exec"],
    ["collection:col_1", "collection:alt"],
    ["document:doc_9", "document:doc_8"],
    ["document:doc_2", "document:ast_1"],
    ["asset:ast_1", "asset:doc_1"],
    ["logo", "log0"],
    ['"2026-03-01T09"', '"2026 03"'],
    ["!nothing", "!logo"],
    ["!id:exec_2", '!alert:"alt_1"'],
    ["!!logo", "!!nothing"],
    ["~ex1a1", "~la"],
    ["re:/doc_[12]/", "re:/DOC_[12]/"],
    ["re:/DOC_[12]/i", "re:/doc_[3-8]/"],
    ['re:/"label": ?"lo/', "!re:/logo/"],
    ["triggered:yes id:exec", "triggered:yes id:nothing"],
  ]
  it.each(pairs)("passes %s and not %s", (yes, no) => {
    assert.isTrue(passes(yes))
    assert.isFalse(passes(no))
  })

  it("reads a field's name in any case", () => {
    assert.isTrue(passes("Triggered:yes"))
    assert.isFalse(passes("TRIGGERED:no"))
  })

  it("refuses a field without a value and an expression without slashes, and says how to write them", () => {
    assert.strictEqual(problem("triggered:").message, '"triggered:" says nothing after its colon.')
    assert.include(problem("re:foo").hint, "re:/")
    assert.strictEqual(problem("re:/(/").message, "re:/(/ is not a regular expression.")
  })

  it("compares the instant, not the text, of a time", () => {
    const executed_at = "2026-03-01T14:30:00+05:30"
    assert.isTrue(passes("since:2026-03-01T09:00:00Z", { executed_at }))
    assert.isFalse(passes("since:2026-03-01T09:01:00Z", { executed_at }))
    assert.isFalse(passes("until:2026-03-01T09:00:00Z", { executed_at }))
  })

  it("passes no comparison with what the server did not send", () => {
    const bare = Result.getOrThrow(parseFilter("score:>=0", now))
    assert.isFalse(bare.test(record(JSON.stringify(without("matches")))))
    assert.isFalse(passes("id:e", { execution_id: null }))
    assert.isFalse(passes("asset:a", { matches: null }))
  })

  it("says what makes no sense and what to write instead", () => {
    assert.strictEqual(problem("scroe:>1").message, 'There is no field "scroe".')
    assert.strictEqual(problem("score:high").message, '"high" is not a comparison for score.')
    assert.strictEqual(problem("since:yesterday").message, '"yesterday" is not a time.')
    assert.strictEqual(problem("triggered:maybe").message, '"maybe" is neither yes nor no.')
    assert.include(problem("trigger:yes").hint, "triggered:yes")
    const wrong = ["score:high", "score:>", "score:1...2", "took:>5y", "triggered:maybe", "since:yesterday", "re:/(/"]
    for (const filter of [...wrong, "constructor:a", "a triggered:maybe", "!score:high"]) {
      const { hint, message } = problem(filter)
      assert.isTrue(hint !== "" && message !== "", filter)
    }
  })

  it.prop(
    "answers any text without throwing, and tests any execution",
    [text, nastyText, wire],
    ([some, nasty, value]) => {
      const one = record(JSON.stringify(value))
      for (const filter of [some, nasty, `re:/${some}/`, `score:${some}`, `~${some}`, `!${nasty}`, `id:"${some}"`]) {
        const parsed = parseFilter(filter, now)
        if (Result.isSuccess(parsed)) assert.isBoolean(parsed.success.test(one))
        else assert.notStrictEqual(parsed.failure.hint, "")
      }
    },
  )

  it.prop("is the opposite with an exclamation mark", [wire], ([value]) => {
    const one = record(JSON.stringify(value))
    for (const term of ["triggered:yes", "score:>0.5", "took:<1s", "since:1w", "logo", "~a", "re:/a/", "document:a"]) {
      const [plain, not] = [term, `!${term}`].map((filter) => Result.getOrThrow(parseFilter(filter, now)).test(one))
      assert.strictEqual(not, !plain)
    }
  })
})
