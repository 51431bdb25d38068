/** The only place where a broken connection becomes a reason. */
import type * as HttpClientError from "effect/http/HttpClientError"
import { BackendFault, tooLarge } from "./Exchange.ts"
import type { Timeouts } from "./MixpeekConfig.ts"
import * as Reason from "./Reason.ts"
import type { Failure } from "./ResponseFault.ts"

const dns = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "ENODATA"])
const connect = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL", "ENETDOWN", "ENOENT"])
const tls = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH)/

const phaseOf = (code: string, answered: boolean): Reason.Phase =>
  dns.has(code) ? "dns" : connect.has(code) ? "connect" : tls.test(code) ? "tls" : answered ? "body" : "headers"

const timeouts: Readonly<Record<string, Reason.TimeLimit>> = {
  UND_ERR_CONNECT_TIMEOUT: "connect",
  ETIMEDOUT: "connect",
  UND_ERR_HEADERS_TIMEOUT: "headers",
  UND_ERR_BODY_TIMEOUT: "body",
}

const limitOf = (which: Reason.TimeLimit, limits: Timeouts): number =>
  ({
    connect: limits.connectMillis,
    headers: limits.headersMillis,
    body: limits.bodyIdleMillis,
    attempt: limits.attemptMillis,
    total: limits.totalMillis,
  })[which]

const reasonOf = (code: string, answered: boolean, limits: Timeouts, maxBodyBytes: number): Reason.Reason => {
  if (code === tooLarge) return new Reason.BodyTooLarge({ limit: maxBodyBytes })
  const which = timeouts[code]
  if (which !== undefined) return new Reason.TimedOut({ which, millis: limitOf(which, limits) })
  return new Reason.Unreachable({ phase: phaseOf(code, answered), code })
}

const nestedCode = (cause: unknown): string => {
  for (let error = cause, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    const code = (error as { code?: unknown }).code
    if (typeof code === "string" && /^[A-Z0-9_]{2,60}$/.test(code)) return code
  }
  return "UNKNOWN"
}

const isFinal = (reason: Reason.Reason): boolean =>
  reason._tag === "BodyTooLarge" || (reason._tag === "Unreachable" && reason.phase === "tls")

/** Reads the error of our own backend. */
export const backendFailure = (fault: BackendFault, limits: Timeouts, maxBodyBytes: number): Failure => {
  const { answered, code, requestId, status } = fault
  const reason = reasonOf(code, answered, limits, maxBodyBytes)
  return { reason, retry: !isFinal(reason), hintMillis: null, status, type: null, requestId }
}

/** Reads the error of a backend: ours, or another one under Effect's `HttpClient`. */
export const transportFault = (
  error: HttpClientError.HttpClientError,
  limits: Timeouts,
  maxBodyBytes: number,
): Failure => {
  const cause = error.reason._tag === "TransportError" ? error.reason.cause : error.cause
  if (cause instanceof BackendFault) return backendFailure(cause, limits, maxBodyBytes)
  const reason = reasonOf(nestedCode(cause), error.response !== undefined, limits, maxBodyBytes)
  return {
    reason,
    retry: !isFinal(reason) && (error.reason._tag === "TransportError" || error.reason._tag === "DecodeError"),
    hintMillis: null,
    status: error.response?.status ?? null,
    type: null,
    requestId: null,
  }
}
