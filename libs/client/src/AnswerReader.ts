/** Reads an answer that arrived whole, and keeps the key out of what is told of it. */
import { Result } from "effect"
import { type ApiCall, textOf } from "./ApiCall.ts"
import { redactor } from "./ApiKey.ts"
import type { MixpeekConfig } from "./MixpeekConfig.ts"
import type { HeaderMap } from "./RetryHint.ts"
import { bodyFault, type Failure, responseFault } from "./ResponseFault.ts"

/** What came of one attempt. */
export type Outcome<A> = Result.Result<A, Failure>

export interface AnswerReader {
  /** The answer as what the call asked for, or why it is not. `now` is in milliseconds since the epoch. */
  readonly read: <A>(call: ApiCall<A>, status: number, headers: HeaderMap, body: Uint8Array, now: number) => Outcome<A>
  /** Headers without the key, which a server may send back. */
  readonly scrubHeaders: (headers: HeaderMap) => HeaderMap
  /** A failure whose request ID is without the key. */
  readonly scrubFailure: (failure: Failure) => Failure
}

/** A reader for answers to requests with this configuration's key. */
export const answerReader = ({ apiKey }: MixpeekConfig): AnswerReader => {
  const scrub = redactor(apiKey)
  const scrubHeaders = (headers: HeaderMap): HeaderMap =>
    Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === undefined ? value : scrub(value)]),
    )
  return {
    scrubHeaders,
    scrubFailure: (failure) =>
      failure.requestId === null ? failure : { ...failure, requestId: scrub(failure.requestId) },
    read: (call, status, received, body, now) => {
      const decoded = status >= 200 && status <= 299 ? call.decode(body) : null
      if (decoded !== null && Result.isSuccess(decoded)) return Result.succeed(decoded.success)
      const headers = scrubHeaders(received)
      if (decoded === null) return Result.fail(responseFault(status, headers, scrub(textOf(body)), now))
      const problem = { path: scrub(decoded.failure.path), expected: scrub(decoded.failure.expected) }
      return Result.fail(bodyFault(headers, scrub(textOf(body)), problem, now))
    },
  }
}
