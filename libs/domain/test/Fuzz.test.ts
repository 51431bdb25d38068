/** Whatever a server, a file or a person says, the domain answers: a value or a typed failure, never a defect, and soon. */
import { assert, describe, it } from "@effect/vitest"
import { Option, Result } from "effect"
import { decodeFault } from "../src/ApiFault.ts"
import { parseFilter } from "../src/ExecutionFilter.ts"
import { type Decoded, parseRecord, recordId } from "../src/ExecutionRecord.ts"
import { maxIdLength, parseExecutionId } from "../src/Identifier.ts"
import { parseIdText } from "../src/IdText.ts"
import * as JsonText from "../src/JsonText.ts"
import { parseMoment, parseSpan } from "../src/Moment.ts"
import { eachSeed, mutated, scrambled } from "../src/Fuzz.ts"
import { buildPage, decodePage } from "../src/Page.ts"
import { keyFingerprint, writeRecord } from "../src/RecordRows.ts"
import { RowBuffer } from "../src/RowBuffer.ts"
import * as Sample from "../src/Sample.ts"
import { excel } from "../src/Csv.ts"

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const sample = Sample.make(20260301)
const now = Date.UTC(2026, 2, 1)

const pageText = (seed: number): string =>
  `{"results": [${[0, 1, 2].map((offset) => sample.json((seed + offset) % 5000)).join(", ")}], "pagination": {"next_cursor": "c1"}, "total_count": 3}`

/** Everything that is done with a record later. */
const used = (record: Decoded): void => {
  assert.isTrue(recordId(record) !== "")
  if (record._tag === "Quarantined") return
  const buffers = { executions: new RowBuffer(), matches: new RowBuffer(), source_documents: new RowBuffer() }
  writeRecord(buffers, record, excel)
  assert.isAbove(buffers.executions.length, 0)
  assert.isObject(record.execution)
  keyFingerprint(record)
}

describe("fuzz", () => {
  it("pages that are nearly right", (test) => {
    eachSeed(test, (seed) => {
      const text = mutated(pageText(seed), seed)
      const page = decodePage(utf8(text))
      assert.strictEqual(Result.isSuccess(page), Result.isSuccess(buildPage(text.toWellFormed())))
      if (Result.isSuccess(page)) page.success.records.forEach(used)
    })
  })

  it("records that are nearly right", (test) => {
    eachSeed(test, (seed) => {
      const record = parseRecord(utf8(mutated(sample.json(seed % 5000), seed)))
      if (Result.isSuccess(record)) used(record.success)
    })
  })

  it("bytes that are no text at all", (test) => {
    eachSeed(test, (seed) => {
      const bytes = utf8(pageText(seed))
      for (let at = seed % 97; at < bytes.length; at += 1 + (seed % 89))
        bytes[at] = (bytes[at] as number) ^ (1 << (seed % 8))
      const page = decodePage(bytes)
      if (Result.isSuccess(page)) page.success.records.forEach(used)
      parseRecord(bytes)
    })
  })

  it("error bodies", (test) => {
    const bodies = [
      '{"success":false,"status":404,"error":{"message":"m","type":"NotFoundError","details":{"resource":"alert","id":"alt_1"}}}',
      '{"detail":[{"loc":["query","limit"],"msg":"too large","type":"value_error"}]}',
    ]
    eachSeed(test, (seed) => {
      const text = mutated(bodies[seed % 2] as string, seed)
      let value: unknown = text
      try {
        value = JSON.parse(text)
      } catch {}
      Option.match(decodeFault(value), { onNone: () => {}, onSome: (fault) => assert.isArray(fault.issues) })
    })
  })

  it("filters", (test) => {
    const record = Result.getOrThrow(parseRecord(sample.json(1)))
    const filters = [
      'triggered:yes score:>0.8 alert:logo took:>500ms since:2h "exact words" !not ~fuzzy',
      "matches:1..5 id:exec_ until:2026-03-01 document:doc",
    ]
    eachSeed(test, (seed) => {
      const text = seed % 3 === 0 ? scrambled(seed) : mutated(filters[seed % 2] as string, seed)
      // A person's own regular expression may take as long as they like.
      const filter = parseFilter(text.replaceAll(/re:/gi, ""), now)
      if (Result.isFailure(filter)) return assert.isAbove(filter.failure.message.length * filter.failure.hint.length, 0)
      if (record._tag === "ExecutionRecord") assert.isBoolean(filter.success.test(record))
    })
  })

  it("IDs and lists of them: what is let through cannot change a path", (test) => {
    eachSeed(test, (seed) => {
      const text = mutated('exec_1\n# all\nhttps://x.example/executions/exec_2?a=1\n{"execution_id":"exec_3"}\n', seed)
      const list = parseIdText(text)
      const one = parseExecutionId(seed % 2 === 0 ? scrambled(seed, 3) : mutated("https://x/executions/exec_1", seed))
      for (const id of [...Result.getOrElse(list, () => []), ...(Result.isSuccess(one) ? [one.success] : [])]) {
        assert.match(id, /^[A-Za-z0-9][A-Za-z0-9._:~-]*$/)
        assert.isAtMost(id.length, maxIdLength)
        assert.strictEqual(new URL(`https://x/a/${encodeURIComponent(id)}`).pathname, `/a/${encodeURIComponent(id)}`)
      }
    })
  })

  it("moments and spans", (test) => {
    eachSeed(test, (seed) => {
      const text = mutated(["24h", "2026-03-01T09:30:00.123456+05:30", "7d", "500ms"][seed % 4] as string, seed)
      Option.map(parseMoment(text, now), (moment) => assert.isTrue(Number.isFinite(moment)))
      Option.map(parseSpan(text), (millis) => assert.isTrue(millis >= 0))
    })
  })

  it("places in text that is not JSON", (test) => {
    eachSeed(test, (seed) => {
      const text = mutated(sample.json(seed % 5000), seed)
      const inside = ({ end, start }: JsonText.Element) => assert.isTrue(start <= end && end <= text.length + 1)
      JsonText.elements(text).forEach(inside)
      JsonText.isDeeper(text, 10)
      try {
        JsonText.members(text).forEach(inside)
      } catch (error) {
        assert.instanceOf(error, SyntaxError)
      }
    })
  })
})
