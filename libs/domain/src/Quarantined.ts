/** A record that did not fit: it costs one row, never the page around it. */
import type { Malformed } from "./Malformed.ts"

/** A record that did not fit: what was wrong, where, and the text itself. */
export interface Quarantined {
  readonly _tag: "Quarantined"
  /** Its `execution_id`, when at least that could be read. */
  readonly executionId: string | null
  /** What did not fit, and where. */
  readonly problem: Malformed
  /** The record exactly as the server sent it. */
  readonly json: string
}

export const quarantined = (problem: Malformed, json: string, input: unknown): Quarantined => {
  const id = typeof input === "object" && input !== null ? (input as { execution_id?: unknown }).execution_id : null
  return { _tag: "Quarantined", executionId: typeof id === "string" && id !== "" ? id : null, problem, json }
}
