/** The only place where an HTTP answer becomes a reason. */
import { type ApiFault, decodeFault, parseJson } from "@mixpeek-alerts/domain"
import { Option } from "effect"
import * as Reason from "./Reason.ts"
import { type HeaderMap, waitHint } from "./RetryHint.ts"

/** A failed attempt: why, whether trying again can help, and how long the server asks to wait. */
export interface Failure {
  readonly reason: Reason.Reason
  readonly retry: boolean
  readonly hintMillis: number | null
  readonly status: number | null
  readonly type: string | null
  readonly requestId: string | null
}

const requestIdHeaders = ["x-request-id", "request-id", "x-amzn-requestid", "cf-ray"]

/** The server's ID of a request, under whichever name it came. */
export const requestIdOf = (headers: HeaderMap): string | null => {
  for (const name of requestIdHeaders) {
    const value = headers[name]
    if (value !== undefined && /^[\x21-\x7e]{1,200}$/.test(value)) return value
  }
  return null
}

/** At most 120 characters, on one line, without control characters. */
export const excerptOf = (text: string): string =>
  Array.from(
    text
      .slice(0, 240)
      .replace(/[\p{C}\s]+/gu, " ")
      .trim(),
  )
    .slice(0, 120)
    .join("")

const retryable = (status: number): boolean =>
  status === 408 ||
  status === 425 ||
  status === 429 ||
  status === 500 ||
  (status >= 502 && status <= 504) ||
  (status >= 520 && status <= 529)

const text = (value: unknown): string | null => (typeof value === "string" ? excerptOf(value) : null)
const number = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null)

/** Enough issues to act on: a body may hold thousands, of any length. */
const issuesOf = (fault: ApiFault | null) =>
  (fault?.issues ?? [])
    .slice(0, 20)
    .map(({ location, message }) => ({ location: excerptOf(location), message: excerptOf(message) }))

const reasonOf = (status: number, fault: ApiFault | null, now: number, hint: number | null): Reason.Reason => {
  const said = excerptOf(fault?.message ?? `status ${status}`)
  const details = fault?.details ?? {}
  if (status === 401) return new Reason.Unauthorized({ said })
  if (status === 403 && fault?.type === "QuotaExceededError") {
    return new Reason.QuotaExceeded({ said, resource: text(details["resource"]), limit: number(details["limit"]) })
  }
  if (status === 403) return new Reason.Forbidden({ said })
  if (status === 404) return new Reason.NotFound({ resource: text(details["resource"]), id: text(details["id"]) })
  if (status === 400 || status === 409 || status === 422) {
    return new Reason.InvalidRequest({ said, issues: issuesOf(fault) })
  }
  if (status === 429) return new Reason.RateLimited({ retryAt: hint === null ? null : now + hint })
  if (status >= 500 || status === 408 || status === 425) return new Reason.ServerFault({ said })
  return new Reason.UnexpectedStatus({ status, detail: fault === null ? "" : said })
}

const parsed = (body: string): unknown => {
  try {
    return parseJson(body)
  } catch {
    return undefined
  }
}

/** Reads an answer whose status, or whose `success: false`, says that the request failed. */
export const responseFault = (status: number, headers: HeaderMap, body: string, now: number): Failure => {
  const fault = Option.getOrNull(decodeFault(parsed(body)))
  const hintMillis = waitHint(headers, fault?.retryAfterSeconds ?? null, status, now)
  return {
    reason: reasonOf(status, fault, now, hintMillis),
    retry: retryable(status),
    hintMillis,
    status,
    type: fault?.type == null ? null : excerptOf(fault.type),
    requestId: requestIdOf(headers),
  }
}

/** The status that an error envelope inside a 200 claims; `null` when the body is no such envelope. */
export const disguisedStatus = (body: string): number | null => {
  const value = parsed(body)
  if (typeof value !== "object" || value === null || (value as { success?: unknown }).success !== false) return null
  const status = (value as { status?: unknown }).status
  return typeof status === "number" && Number.isInteger(status) && status >= 400 && status <= 599 ? status : 500
}

/** Whether a text that is not JSON is the beginning of some: its end is missing. */
const isCut = (body: string): boolean => {
  if (!/^\s*[[{]/.test(body)) return false
  try {
    parseJson(body)
    return false
  } catch (error) {
    const problem = (error as SyntaxError).message
    const at = /at position (\d+)/.exec(problem)
    return problem.includes("end of JSON input") || (at !== null && Number(at[1]) >= body.length)
  }
}

/** The code of an answer that ended too early although its framing was complete. */
const cutBody = "INCOMPLETE_JSON"

const unfit = (headers: HeaderMap, body: string, problem: { readonly path: string; readonly expected: string }) => {
  const contentType = (headers["content-type"] ?? "").split(";")[0]?.trim() ?? ""
  const excerpt = excerptOf(body)
  if (isCut(body)) return new Reason.Unreachable({ phase: "body", code: cutBody })
  return parsed(body) === undefined
    ? new Reason.NotJson({ contentType: excerptOf(contentType), excerpt })
    : new Reason.Malformed({ path: problem.path, expected: problem.expected, excerpt })
}

/** Reads a 200 whose body did not decode: a disguised fault, a cut body, a page that is not JSON, or JSON that does not fit. */
export const bodyFault = (
  headers: HeaderMap,
  body: string,
  problem: { readonly path: string; readonly expected: string },
  now: number,
): Failure => {
  const status = disguisedStatus(body)
  if (status !== null) return responseFault(status, headers, body, now)
  const reason = unfit(headers, body, problem)
  const retry = reason._tag === "Unreachable"
  return { reason, retry, hintMillis: null, status: 200, type: null, requestId: requestIdOf(headers) }
}
