/** What changed from one execution to another: document by document, and field by field. */
import type { ExecutionRecord } from "./ExecutionRecord.ts"
import { type FieldChange, fieldChanges } from "./FieldChange.ts"
import { elements, members } from "./JsonText.ts"
import type { AlertMatch } from "./Match.ts"

/** What became of a matched document: it came, it went, or its score did. */
export type Change = "new" | "gone" | "higher" | "lower" | "same"

/** One document that matched in either execution. */
export interface DocumentChange {
  readonly documentId: string
  readonly change: Change
  readonly before: number | null
  readonly after: number | null
  /** What else is different of a document that matched in both: its features, its metadata. */
  readonly fields: ReadonlyArray<FieldChange>
}

/** A match with the text that it was sent as. */
interface SentMatch {
  readonly match: AlertMatch
  readonly json: string
}

const changeOf = (before: number | null, after: number | null): Change =>
  before === null ? "new" : after === null ? "gone" : after > before ? "higher" : after < before ? "lower" : "same"

const textsOf = (json: string): ReadonlyArray<string> =>
  elements(json, members(json).findLast(({ key }) => key === "matches")?.start ?? 0).map(({ end, start }) =>
    json.slice(start, end),
  )

/** Matches by document; a document that matched several times is told apart by which time it was. */
const keyed = ({ execution, json }: ExecutionRecord): ReadonlyMap<string, SentMatch> => {
  const times = new Map<string, number>()
  const texts = textsOf(json)
  return new Map(
    (execution.matches ?? []).map((match, index) => {
      const time = times.get(match.documentId) ?? 0
      times.set(match.documentId, time + 1)
      return [JSON.stringify([match.documentId, time]), { match, json: texts[index] ?? "{}" }] as const
    }),
  )
}

const rank: Readonly<Record<Change, number>> = { new: 0, gone: 1, higher: 2, lower: 3, same: 4 }

/** The difference of the scores, without the noise of binary fractions; `null` when there is no score on one side. */
export const delta = ({ after, before }: DocumentChange): number | null =>
  before === null || after === null ? null : Number((after - before).toFixed(12))

/** How much a change weighs among those of its kind: by how much a score changed, or what it is or was. */
const weight = (change: DocumentChange): number => Math.abs(delta(change) ?? change.after ?? change.before ?? 0)

const without = (changes: ReadonlyArray<FieldChange>, ...members: ReadonlyArray<string>): ReadonlyArray<FieldChange> =>
  changes.filter(({ path }) => !members.some((member) => path === member || path.startsWith(`${member}[`)))

/** Every document of both: new ones first, then those that are gone, then by how much their score changed. */
export const documentChanges = (before: ExecutionRecord, after: ExecutionRecord): ReadonlyArray<DocumentChange> => {
  const [earlier, later] = [keyed(before), keyed(after)]
  return Array.from(new Set([...later.keys(), ...earlier.keys()]), (key) => {
    const [was, is] = [earlier.get(key) ?? null, later.get(key) ?? null]
    const [from, to] = [was?.match.score ?? null, is?.match.score ?? null]
    return {
      documentId: (is ?? was)?.match.documentId ?? "",
      change: changeOf(from, to),
      before: from,
      after: to,
      fields: was === null || is === null ? [] : without(fieldChanges(was.json, is.json), ".score"),
    }
  }).sort(
    (one, other) =>
      rank[one.change] - rank[other.change] ||
      weight(other) - weight(one) ||
      (one.documentId < other.documentId ? -1 : 1),
  )
}

/** What differs between two executions besides their ID and their matches, which {@link documentChanges} compares. */
export const executionChanges = (before: ExecutionRecord, after: ExecutionRecord): ReadonlyArray<FieldChange> =>
  without(fieldChanges(before.json, after.json), ".execution_id", ".matches")
