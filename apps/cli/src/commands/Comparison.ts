/** What changed from one execution to another: document by document, and in the whole. */
import type { AlertMatch, ExecutionRecord } from "@mixpeek-alerts/domain"

export type Change = "new" | "gone" | "higher" | "lower" | "same"

/** One document that matched in either execution. */
export interface DocumentChange {
  readonly documentId: string
  readonly change: Change
  readonly before: number | null
  readonly after: number | null
}

const changeOf = (before: number | null, after: number | null): Change =>
  before === null ? "new" : after === null ? "gone" : after > before ? "higher" : after < before ? "lower" : "same"

/** Matches by document; a document that matched several times is told apart by which time it was. */
const keyed = (matches: ReadonlyArray<AlertMatch> | null): ReadonlyMap<string, AlertMatch> => {
  const times = new Map<string, number>()
  return new Map(
    (matches ?? []).map((match) => {
      const time = times.get(match.documentId) ?? 0
      times.set(match.documentId, time + 1)
      return [JSON.stringify([match.documentId, time]), match] as const
    }),
  )
}

const rank: Readonly<Record<Change, number>> = { new: 0, gone: 1, higher: 2, lower: 3, same: 4 }

/** The difference of the scores, without the noise of binary fractions; `null` when there is no score on one side. */
export const delta = ({ after, before }: DocumentChange): number | null =>
  before === null || after === null ? null : Number((after - before).toFixed(12))

/** How much a change weighs among those of its kind: by how much a score changed, or what it is or was. */
const weight = (change: DocumentChange): number => Math.abs(delta(change) ?? change.after ?? change.before ?? 0)

/** Every document of both: new ones first, then those that are gone, then by how much their score changed. */
export const documentChanges = (before: ExecutionRecord, after: ExecutionRecord): ReadonlyArray<DocumentChange> => {
  const [earlier, later] = [keyed(before.execution.matches), keyed(after.execution.matches)]
  return Array.from(new Set([...later.keys(), ...earlier.keys()]), (key) => {
    const [was, is] = [earlier.get(key) ?? null, later.get(key) ?? null]
    const [from, to] = [was?.score ?? null, is?.score ?? null]
    return { documentId: (is ?? was)?.documentId ?? "", change: changeOf(from, to), before: from, after: to }
  }).sort(
    (one, other) =>
      rank[one.change] - rank[other.change] ||
      weight(other) - weight(one) ||
      (one.documentId < other.documentId ? -1 : 1),
  )
}
