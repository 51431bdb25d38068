/**
 * The rows of a scanned record, copied from the text of the page to the bytes
 * of the tables. Column for column what `Table` gives; a test holds the two
 * against each other. A record without an ID, whose key has to be made, goes through `Table`.
 */
import { executionKeys } from "../Execution.ts"
import { matchKeys } from "../Match.ts"
import { RowBuffer } from "../RowBuffer.ts"
import { secondsEnd, type Timestamp, toUtc, utcMinutes } from "../Timestamp.ts"
import { ascii } from "./Ascii.ts"
import { valueEnd } from "./JsonScan.ts"
import { isKey, scanMembers } from "./MemberScan.ts"
import type { ScannedRecord } from "./ScannedRecord.ts"
import { asciiText, Head, MatchPart, type Tape, textOf } from "./Tape.ts"

const field = (to: RowBuffer, tape: Tape, slot: number): void => {
  const start = tape.get(slot)
  if (start !== -1) to.field(tape.bytes, start, tape.get(slot + 1))
}

/** A field and the comma after it. */
const column = (to: RowBuffer, tape: Tape, slot: number): void => {
  field(to, tape, slot)
  to.comma()
}

const count = (to: RowBuffer, value: number): void => {
  if (value !== -1) to.plain(String(value))
}

const score = (to: RowBuffer, tape: Tape, match: number): void => {
  const start = tape.get(match + MatchPart.score)
  const end = tape.get(match + MatchPart.score + 1)
  if (tape.get(match + MatchPart.plainScore) === 1) to.copy(tape.bytes, start, end)
  else to.plain(String(Number(asciiText(tape.bytes, start, end))))
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))

const utc = (to: RowBuffer, tape: Tape, slot: number): void => {
  const { bytes } = tape
  const start = tape.get(slot)
  const seconds = secondsEnd(bytes, start)
  const minutes = utcMinutes(bytes, start, seconds, tape.get(slot + 1))
  // The day changes, or the offset is spelled unusually.
  if (minutes === -1) return to.plain(toUtc(tape.slice(slot) as Timestamp))
  to.copy(bytes, start, start + 10)
  to.plain(`T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`)
  to.copy(bytes, start + 16, seconds)
  to.plain("Z")
}

/** How a row of something that an execution has several of begins: whose it is, and which. */
const numbered = (to: RowBuffer, tape: Tape, at: number, index: number): void => {
  column(to, tape, at + Head.executionId)
  count(to, index)
  to.comma()
}

const executionNames = Array.from(executionKeys, ascii)
const matchNames = Array.from(matchKeys, ascii)

const scratch = new RowBuffer()

/** The members of the object at `start` that are not listed, as one field that holds an object. */
const extra = (to: RowBuffer, { bytes }: Tape, start: number, listed: ReadonlyArray<Uint8Array>): void => {
  // A key that occurs twice keeps its first place and its last value, as in `JsonText.unlistedText`.
  const found = new Map<string, readonly [keyStart: number, keyEnd: number, value: number, end: number]>()
  scanMembers(bytes, start, (keyStart, keyEnd, value) => {
    const end = valueEnd(bytes, value)
    if (!listed.some((name) => isKey(bytes, keyStart, keyEnd, name))) {
      found.set(textOf(bytes, keyStart, keyEnd), [keyStart, keyEnd, value, end])
    }
    return end
  })
  scratch.clear()
  for (const [keyStart, keyEnd, value, end] of found.values()) {
    scratch.plain(scratch.length === 0 ? '{"' : ',"')
    scratch.copy(bytes, keyStart, keyEnd)
    scratch.plain('":')
    scratch.copy(bytes, value, end)
  }
  scratch.plain("}")
  to.field(scratch.view(), 0, scratch.length)
}

/** Whether the functions below can write this record. */
export const isPlain = ({ at, tape }: ScannedRecord): boolean => tape.get(at + Head.executionId) !== -1

/** The row of `executions`. */
export const writeExecution = (to: RowBuffer, { at, tape }: ScannedRecord): void => {
  column(to, tape, at + Head.executionId)
  column(to, tape, at + Head.executionId)
  column(to, tape, at + Head.alertId)
  field(to, tape, at + Head.collectionId)
  to.plain(tape.get(at + Head.triggered) === 1 ? ",true," : ",false,")
  count(to, tape.get(at + Head.matchCount))
  const matches = tape.get(at + Head.matches)
  to.plain(matches === -1 ? ",false," : ",true,")
  count(to, matches)
  to.comma()
  const top = tape.get(at + Head.topMatch)
  if (top !== -1) score(to, tape, top)
  to.comma()
  column(to, tape, at + Head.executedAt)
  utc(to, tape, at + Head.executedAt)
  to.comma()
  count(to, tape.get(at + Head.durationMs))
  to.comma()
  count(to, tape.get(at + Head.sources))
  to.comma()
  if (tape.get(at + Head.unlisted) === 1) extra(to, tape, tape.get(at + Head.start), executionNames)
  to.endRow()
}

/** The rows of `matches`. */
export const writeMatches = (to: RowBuffer, { at, tape }: ScannedRecord): void => {
  const first = tape.get(at + Head.matchesAt)
  for (let index = 0; index < tape.get(at + Head.matches); index++) {
    const match = first + index * MatchPart.size
    numbered(to, tape, at, index)
    column(to, tape, match + MatchPart.documentId)
    score(to, tape, match)
    to.comma()
    column(to, tape, match + MatchPart.assetId)
    column(to, tape, match + MatchPart.features)
    column(to, tape, match + MatchPart.metadata)
    if (tape.get(match + MatchPart.unlisted) === 1) extra(to, tape, tape.get(match + MatchPart.start), matchNames)
    to.endRow()
  }
}

/** The rows of `source_documents`. */
export const writeSources = (to: RowBuffer, { at, tape }: ScannedRecord): void => {
  const first = tape.get(at + Head.sourcesAt)
  for (let index = 0; index < tape.get(at + Head.sources); index++) {
    numbered(to, tape, at, index)
    field(to, tape, first + index * 2)
    to.endRow()
  }
}
