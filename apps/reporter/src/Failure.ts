/** The rows of `failures.csv`: what could not be exported, where it was, and why. */
import type { Csv } from "@mixpeek-alerts/domain"
import { type Quarantined } from "@mixpeek-alerts/domain"
import type { Missing } from "./Unit.ts"

export const failureColumns = [
  { name: "execution_id", type: "string", required: false, description: "The execution, when its ID is known" },
  { name: "where", type: "string", required: true, description: "The request it was due from" },
  { name: "reason", type: "string", required: true, description: "The tag of the failure" },
  { name: "path", type: "string", required: false, description: "The place in the record that did not fit" },
  { name: "message", type: "string", required: true, description: "What happened" },
  { name: "request_id", type: "string", required: false, description: "The server's ID of the last request" },
  { name: "raw", type: "string", required: false, description: "The record as the server sent it" },
] as const

export type FailureRow = readonly [Csv.Cell, string, string, Csv.Cell, string, Csv.Cell, Csv.Cell]

/** A record that did not fit. */
export const quarantinedRow = (record: Quarantined, where: string): FailureRow => [
  record.executionId,
  where,
  "Malformed",
  record.problem.path === "" ? null : record.problem.path,
  record.problem.message,
  null,
  record.json,
]

/** An ID that could not be had. */
export const missingRow = ({ error, id }: Missing): FailureRow => [
  id,
  `${error.method} ${error.path}`,
  error.reason._tag,
  null,
  error.message,
  error.requestId,
  null,
]
