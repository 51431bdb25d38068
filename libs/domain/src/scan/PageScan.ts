/**
 * Reads the records of a page out of its text, without building what is only
 * copied: `JSON.parse` and a schema take longer over metadata than over
 * everything else, and an export passes metadata on as it is. The typed fields
 * are checked here as strictly as by the schema, and the rest as strictly as by
 * `JSON.parse`; whatever is unusual (an escape in a key, a key that occurs
 * twice, a count with an exponent, a record that does not fit) is read by
 * {@link parseRecord}, so that there is one judge. docs/performance.md has the figures.
 */
import { Result } from "effect"
import { type Decoded, type ExecutionRecord, parseRecord } from "../ExecutionRecord.ts"
import { elementEnd } from "../JsonText.ts"
import { ExecutionScan } from "./ExecutionScan.ts"
import { skipSpace, valueEnd } from "./JsonScan.ts"
import { isKey, scanElements, scanMembers } from "./MemberScan.ts"

export interface ScannedPage {
  readonly records: ReadonlyArray<Decoded>
  /** The page with `[]` in place of its records: what is around them. */
  readonly envelope: string
}

/** The records of a page; `null` when its text has to be read the long way. */
export const scanPage = (text: string): ScannedPage | null => {
  const records: Array<Decoded> = []
  const execution = new ExecutionScan(text)
  let start = -1
  let end = -1

  const recordAt = (at: number): number => {
    const last = execution.scan(at)
    if (last !== -1) {
      const record: ExecutionRecord = {
        _tag: "ExecutionRecord",
        execution: execution.found as ExecutionRecord["execution"],
        json: text.slice(at, last),
      }
      records.push(record)
      return last
    }
    const whole = elementEnd(text, at)
    const parsed = parseRecord(text.slice(at, whole))
    if (Result.isFailure(parsed)) return -1
    records.push(parsed.success)
    return whole
  }

  const last = scanMembers(text, skipSpace(text, 0), (keyStart, keyEnd, at) => {
    if (!isKey(text, keyStart, keyEnd, "results")) return valueEnd(text, at)
    if (start !== -1) return -1
    start = at
    end = scanElements(text, at, recordAt)
    return end
  })
  if (last === -1 || start === -1 || skipSpace(text, last) !== text.length) return null
  return { records, envelope: `${text.slice(0, start)}[]${text.slice(end)}` }
}
