/** The body of `POST /v1/alerts/list`, checked by hand so that every mistake gets its own line. */
import type { BodyIssue } from "./ApiError.ts"
import type { ListAlertsRequest } from "./contract/WireSchema.ts"

export type ReadSearch = { readonly search: ListAlertsRequest } | { readonly issues: ReadonlyArray<BodyIssue> }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const issue = (type: string, message: string, ...location: ReadonlyArray<string>): BodyIssue => ({
  type,
  location: ["body", ...location],
  message,
})

const sortIssues = (sort: unknown): ReadonlyArray<BodyIssue> => {
  if (sort === undefined || sort === null) return []
  if (!isObject(sort)) return [issue("dict_type", "Input should be a valid dictionary", "sort")]
  const issues: Array<BodyIssue> = []
  if (typeof sort["field"] !== "string") issues.push(issue("missing", "Field required", "sort", "field"))
  if (!["asc", "desc", undefined].includes(sort["direction"] as string | undefined)) {
    issues.push(issue("literal_error", "Input should be 'asc' or 'desc'", "sort", "direction"))
  }
  return issues
}

const fieldIssues = (body: Readonly<Record<string, unknown>>): ReadonlyArray<BodyIssue> => {
  const { case_sensitive, filters, search, sort } = body
  const issues: Array<BodyIssue> = []
  if (search !== undefined && search !== null && typeof search !== "string") {
    issues.push(issue("string_type", "Input should be a valid string", "search"))
  }
  if (filters !== undefined && filters !== null && !isObject(filters)) {
    issues.push(issue("dict_type", "Input should be a valid dictionary", "filters"))
  }
  if (case_sensitive !== undefined && case_sensitive !== null && typeof case_sensitive !== "boolean") {
    issues.push(issue("bool_type", "Input should be a valid boolean", "case_sensitive"))
  }
  return [...issues, ...sortIssues(sort)]
}

/** Reads the text of the body; no body at all is an empty search. */
export const readSearch = (text: string): ReadSearch => {
  let body: unknown
  try {
    body = text.trim() === "" ? {} : JSON.parse(text)
  } catch {
    return { issues: [issue("json_invalid", "JSON decode error")] }
  }
  if (!isObject(body)) return { issues: [issue("dict_type", "Input should be a valid dictionary")] }
  const issues = fieldIssues(body)
  return issues.length === 0 ? { search: body as ListAlertsRequest } : { issues }
}
