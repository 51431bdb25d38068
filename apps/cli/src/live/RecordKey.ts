/** What a record is known by while it is watched: the same one whenever and wherever it is read. */
import { type Decoded, executionKey, fingerprint, recordId } from "@mixpeek-alerts/domain"

/** Its ID; else what identifies the run; of a record that did not fit, its text. */
export const keyOf = (record: Decoded): string => {
  const id = recordId(record)
  if (id !== null) return id
  if (record._tag === "ExecutionRecord") return executionKey(record.execution)
  const { high, low } = fingerprint(record.json)
  return `broken_${high}_${low}`
}
