/**
 * The journal of a run: a head that says what is exported, then one line for
 * each moment from which it can go on. A line counts only if its checksum
 * fits and its line end is there, so one that was cut by a crash does not.
 */
import { Effect, Option, Result, Schema } from "effect"
import { createHash } from "node:crypto"
import { ListWalk } from "./ListWalk.ts"
import { Tally } from "./Tally.ts"
import { type StreamName, streams } from "./UnitRows.ts"
import type { Position } from "./Unit.ts"
import { fail, type ReporterError } from "./ReporterError.ts"

/** The format of this file; a newer one is refused. */
export const journalVersion = 1

/** Where a run goes on, and how long each file was then. */
export interface Checkpoint {
  readonly next: Position
  readonly offsets: Readonly<Record<StreamName, number>>
  readonly tally: Tally
  /** What was seen of each list, for a run with a state. */
  readonly walks: ReadonlyArray<ListWalk>
}

export interface Head {
  readonly version: number
  /** What is exported and how, as text: a run is resumed only by the same. */
  readonly query: string
  readonly startedAt: string
  /** How the IDs or pages are fetched, as chosen when the run began. */
  readonly plan: "by-id" | "walk"
  /** By which a state file knows the run; absent without one. */
  readonly run?: string
}

const Head = Schema.Struct({
  version: Schema.Int,
  query: Schema.String,
  startedAt: Schema.String,
  plan: Schema.Literals(["by-id", "walk"]),
  run: Schema.optionalKey(Schema.String),
})

const Offset = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

const CheckpointLine = Schema.Struct({
  next: Schema.Union([
    Schema.TaggedStruct("Id", { index: Offset }),
    Schema.TaggedStruct("Page", { list: Offset, cursor: Schema.NullOr(Schema.String) }),
    Schema.TaggedStruct("End", {}),
  ]),
  offsets: Schema.Struct({
    executions: Offset,
    matches: Offset,
    source_documents: Offset,
    failures: Offset,
    retry: Offset,
    seen: Offset,
    settled: Offset.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0))),
  }),
  tally: Tally,
  walks: Schema.Array(ListWalk).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
})

const sum = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16)

/** One line, with its checksum in front. */
export const encodeLine = (value: Head | Checkpoint): string => {
  const text = JSON.stringify(value)
  return `${sum(text)} ${text}\n`
}

const decodeLine = (line: string): unknown => {
  const at = line.indexOf(" ")
  const text = line.slice(at + 1)
  if (at !== 16 || sum(text) !== line.slice(0, at)) return undefined
  return JSON.parse(text)
}

const decodeHead = Schema.decodeUnknownOption(Head)
const decodeCheckpoint = Schema.decodeUnknownOption(CheckpointLine)

/** The version that a head names, also one of which nothing else is understood. */
const versionOf = (head: unknown): number => {
  const version = typeof head === "object" && head !== null ? (head as { version?: unknown }).version : undefined
  return typeof version === "number" ? version : 0
}

export interface Journal {
  readonly head: Head
  readonly last: Checkpoint | null
  /** The length of the part that counts, in bytes. */
  readonly length: number
}

/** Reads a journal up to its last line that counts; `None` when not even the head does. */
export const parse = (text: string): Result.Result<Option.Option<Journal>, ReporterError> => {
  const lines = text.split("\n").slice(0, -1)
  const first = decodeLine(lines[0] ?? "")
  if (versionOf(first) > journalVersion) {
    const hint = "Use the newer program, or start over with --restart."
    return Result.fail(fail("Damaged", "The unfinished run was begun by a newer version of this program.", hint))
  }
  const head = Option.getOrUndefined(decodeHead(first))
  if (head === undefined) return Result.succeed(Option.none())
  let last: Checkpoint | null = null
  let length = Buffer.byteLength(lines[0] as string) + 1
  for (const line of lines.slice(1)) {
    const checkpoint = Option.getOrUndefined(decodeCheckpoint(decodeLine(line)))
    if (checkpoint === undefined) break
    last = checkpoint
    length += Buffer.byteLength(line) + 1
  }
  return Result.succeed(Option.some({ head, last, length }))
}

/** Offsets of files that hold nothing yet. */
export const noOffsets = Object.fromEntries(streams.map((name) => [name, 0])) as Record<StreamName, number>
