/**
 * Reads records out of the bytes of an answer, without building what is only
 * copied: `JSON.parse` and a schema take longer over metadata than over
 * everything else, and an export passes metadata on as it is. The typed fields
 * are checked here as strictly as by the schema, and the rest as strictly as by
 * `JSON.parse`; whatever is unusual (an escape in a name, a key that occurs
 * twice, a count with an exponent, a record that does not fit) is left to
 * them, so that there is one judge.
 */
import { ascii } from "./Ascii.ts"
import { ExecutionScan } from "./ExecutionScan.ts"
import { isBlank, skipSpace, valueEnd } from "./JsonScan.ts"
import { isKey, scanElements, scanMembers } from "./MemberScan.ts"
import { ScannedRecord } from "./ScannedRecord.ts"
import { Tape } from "./Tape.ts"

/** A record, or the range of one that has to be read the long way. */
export type Scanned = ScannedRecord | { readonly _tag: "Unusual"; readonly start: number; readonly end: number }

export interface ScannedPage {
  readonly records: ReadonlyArray<Scanned>
  /** Where the array of records lies. */
  readonly start: number
  readonly end: number
}

const results = ascii("results")

/** The records of a page; `null` when its text has to be read the long way. */
export const scanPage = (bytes: Uint8Array): ScannedPage | null => {
  const records: Array<Scanned> = []
  const tape = new Tape(bytes)
  const execution = new ExecutionScan(tape)
  let start = -1
  let end = -1

  const recordAt = (at: number): number => {
    const last = execution.scan(at)
    if (last !== -1) {
      records.push(new ScannedRecord(tape, execution.at))
      return last
    }
    const whole = valueEnd(bytes, at)
    records.push({ _tag: "Unusual", start: at, end: whole })
    return whole
  }

  const last = scanMembers(bytes, skipSpace(bytes, 0), (keyStart, keyEnd, at) => {
    if (!isKey(bytes, keyStart, keyEnd, results)) return valueEnd(bytes, at)
    if (start !== -1) return -1
    start = at
    end = scanElements(bytes, at, recordAt)
    return end
  })
  return last === -1 || start === -1 || !isBlank(bytes, last) ? null : { records, start, end }
}

/** For records that come alone: its functions are made once, not for each of them. */
const nothing = new Tape(new Uint8Array(0))
const alone = new ExecutionScan(nothing)

/** The record that the bytes are, and nothing else; `null` when they have to be read the long way. */
export const scanRecord = (bytes: Uint8Array): ScannedRecord | null => {
  const tape = new Tape(bytes)
  alone.turnTo(tape)
  const end = alone.scan(skipSpace(bytes, 0))
  // So that the answer is not kept until the next one.
  alone.turnTo(nothing)
  return end === -1 || !isBlank(bytes, end) ? null : new ScannedRecord(tape, alone.at)
}
