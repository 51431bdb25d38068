/**
 * Executions from a seed, realistic and nasty, for the sandbox, the demo and
 * tests. Any one of them is made on demand from its index, so a million take no
 * memory, and the same seed and index always give the same text.
 */
import { ExecutionId } from "./Identifier.ts"
import * as Nasty from "./NastyText.ts"
import { type Dice, dice } from "./Dice.ts"

/** Index 0 is the oldest execution. */
export interface Sample {
  readonly seed: number
  /** The ID that the execution at `index` is found by, whether or not its record carries it. */
  readonly executionId: (index: number) => ExecutionId
  /** The index of an ID; undefined when it is not one of this seed's. */
  readonly indexOf: (id: string) => number | undefined
  /** The record as the server would send it. */
  readonly json: (index: number) => string
  /** Whether the record at `index` carries its `execution_id`. */
  readonly hasId: (index: number) => boolean
  /** The position in {@link alerts} of the alert that ran at `index`. */
  readonly alertOf: (index: number) => number
}

/** An alert that executions of a sample belong to. */
export interface SampleAlert {
  readonly alertId: string
  readonly name: string
  readonly includeMatches: boolean
}

/** The alerts that the executions belong to. */
export const alerts: ReadonlyArray<SampleAlert> = [
  { alertId: "alt_brand_logo", name: "brand-logo", includeMatches: true },
  { alertId: "alt_weapon_det", name: "weapon-detection", includeMatches: true },
  { alertId: "alt_face_jp", name: "顔検出アラート", includeMatches: true },
  { alertId: "alt_nsfw", name: "nsfw, strict", includeMatches: true },
  { alertId: "alt_quiet", name: "no-matches-please", includeMatches: false },
  { alertId: "alt_speech", name: "كلام-مسيء", includeMatches: true },
]

const collections = ["col_tv_ads", "col_live_stream", "col_user_uploads", "col_archive_2025"]

/** 2026-03-01T00:00:00Z, when the oldest execution ran. */
const epoch = Date.UTC(2026, 2, 1)
const spacingMillis = 37_000

const multiplier = 0x9e3779b1
const inverse = 0x0e8b2f51 // multiplier * inverse = 1 (mod 2^32), which Sample.test.ts checks through indexOf

const hex = (value: number, width: number): string => (value >>> 0).toString(16).padStart(width, "0")

const digits = (text: string): unknown => (JSON as unknown as { rawJSON: (text: string) => unknown }).rawJSON(text)

const executedAt = (index: number, roll: Dice): string => {
  const iso = new Date(epoch + index * spacingMillis + roll.below(1000)).toISOString()
  const micros = String(roll.below(1000)).padStart(3, "0")
  switch (roll.below(5)) {
    case 0:
      return `${iso.slice(0, 23)}${micros}Z`
    case 1:
      return `${iso.slice(0, 19)}+00:00`
    case 2:
      return `${new Date(Date.parse(iso) + 5.5 * 3_600_000).toISOString().slice(0, 23)}${micros}+05:30`
    case 3:
      return iso.slice(0, 19)
    default:
      return `${iso.slice(0, 23)}${micros}`
  }
}

const metadata = (roll: Dice): unknown => {
  if (roll.oneIn(12)) return null
  const fields: Record<string, unknown> = {
    title: roll.pick(Nasty.titles),
    frame: roll.below(100_000),
    camera: { id: `cam-${roll.below(40)}`, fps: digits(roll.pick(["25.0", "29.97", "30.00"])) },
  }
  if (roll.oneIn(3)) fields["note"] = roll.pick(Nasty.texts)
  if (roll.oneIn(4)) fields["asset_number"] = digits(roll.pick(Nasty.numbers))
  if (roll.oneIn(6)) fields["tags"] = [roll.pick(Nasty.titles), roll.pick(Nasty.texts), null, true]
  if (roll.oneIn(40))
    fields["nested"] = { a: [{ b: { c: [[], {}, ""] } }], 'key, with "quotes"': roll.pick(Nasty.texts) }
  return fields
}

const match = (roll: Dice): unknown => ({
  document_id: `doc_${hex(roll.next(), 8)}`,
  score: digits(roll.oneIn(30) ? "1.0" : (roll.below(10_000) / 10_000).toString()),
  ...(roll.oneIn(3) ? {} : { asset_id: roll.oneIn(5) ? null : `ast_${roll.below(5000)}` }),
  matched_features: roll.oneIn(5)
    ? null
    : { label: roll.pick(Nasty.titles), box: [roll.below(640), roll.below(480), 64, 48] },
  metadata: metadata(roll),
  ...(roll.oneIn(50) ? { rerank_score: digits("0.10000000000000000555") } : {}),
})

const matchCount = (roll: Dice): number => {
  const size = roll.below(1000)
  return size < 700 ? 1 + roll.below(4) : size < 950 ? 5 + roll.below(8) : size < 999 ? 13 + roll.below(40) : 500
}

const matchesOf = (count: number, include: boolean, roll: Dice): Record<string, unknown> => {
  if (!include) return roll.oneIn(2) ? {} : { matches: null }
  return { matches: Array.from({ length: count }, () => match(roll)) }
}

/** The executions of a seed. */
export const make = (seed: number): Sample => {
  const mask = Math.imul(seed, 0x85ebca6b) ^ 0x5bd1e995
  const executionId = (index: number) => ExecutionId.make(`exec_${hex(Math.imul(index, multiplier) ^ mask, 8)}`)
  const hasId = (index: number): boolean => index % 97 !== 13
  const alertOf = (index: number): number => dice(seed, index).below(alerts.length)
  return {
    seed,
    executionId,
    hasId,
    alertOf,
    indexOf: (id) => {
      const found = /^exec_([0-9a-f]{8})$/.exec(id)
      return found === null ? undefined : Math.imul(parseInt(found[1] as string, 16) ^ mask, inverse) >>> 0
    },
    json: (index) => {
      const roll = dice(seed, index)
      const alert = alerts[roll.below(alerts.length)] as SampleAlert
      const triggered = roll.below(10) < 3
      const count = triggered ? matchCount(roll) : 0
      return JSON.stringify({
        ...(hasId(index) ? { execution_id: executionId(index) } : {}),
        alert_id: alert.alertId,
        collection_id: roll.pick(collections),
        triggered,
        match_count: count,
        ...matchesOf(count, alert.includeMatches, roll),
        ...(roll.oneIn(9)
          ? {}
          : { source_documents: Array.from({ length: roll.below(4) }, () => `doc_${hex(roll.next(), 8)}`) }),
        executed_at: executedAt(index, roll),
        duration_ms: roll.oneIn(200) ? 30_000 + roll.below(5000) : 80 + roll.below(600),
        ...(roll.oneIn(25)
          ? { retriever_version: digits("2.0"), trace: { span: digits("18446744073709551615") } }
          : {}),
      })
    },
  }
}
