/** The errors of the API, in its own envelope and in FastAPI's. */
import { json, type Reply } from "./Reply.ts"

/** The envelope that almost every error comes in. */
export const apiError = (
  status: number,
  type: string,
  message: string,
  details: Readonly<Record<string, unknown>> | null = null,
  headers: Readonly<Record<string, string>> = {},
): Reply => json(status, { success: false, status, error: { message, type, details } }, headers)

export const badRequest = (message: string): Reply => apiError(400, "BadRequestError", message)

export const unauthorized = (message: string): Reply =>
  apiError(401, "UnauthorizedError", message, null, { "www-authenticate": "Bearer" })

export const notFound = (resource: string, id: string): Reply =>
  apiError(404, "NotFoundError", `The ${resource} ${JSON.stringify(id)} was not found.`, { resource, id })

export const tooManyRequests = (
  details: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Reply => apiError(429, "TooManyRequestsError", "Too many requests.", details, headers)

/** One thing wrong with a query parameter, as FastAPI says it. */
export interface FastApiIssue {
  readonly type: string
  readonly loc: ReadonlyArray<string | number>
  readonly msg: string
  readonly input?: unknown
  readonly ctx?: Readonly<Record<string, unknown>>
}

export const fastApiInvalid = (detail: ReadonlyArray<FastApiIssue>): Reply => json(422, { detail })

/** One thing wrong with a body, as the envelope says it. */
export interface BodyIssue {
  readonly type: string
  readonly location: ReadonlyArray<string | number>
  readonly message: string
}

export const envelopeInvalid = (issues: ReadonlyArray<BodyIssue>): Reply =>
  apiError(422, "ValidationError", "The request is not valid.", { validation_errors: issues })

export const methodNotAllowed = (allow: string): Reply => json(405, { detail: "Method Not Allowed" }, { allow })
