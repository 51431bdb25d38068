/** From single pages to all of them, over the wire or from memory. */
import type { Alert, AlertPage, Cursor, Decoded, ExecutionRecord, Page } from "@mixpeek-alerts/domain"
import { Effect, Option, Result, Stream } from "effect"
import type { ApiCall } from "./ApiCall.ts"
import { CursorWalk } from "./CursorWalk.ts"
import * as Endpoint from "./Endpoint.ts"
import { MixpeekError } from "./MixpeekError.ts"
import type { WalkedPage } from "./MixpeekShape.ts"
import { Malformed, type Reason } from "./Reason.ts"
import { excerptOf } from "./ResponseFault.ts"

type Asked = Pick<ApiCall<unknown>, "method" | "path">

/** An error about an answer that arrived whole. */
export const failAt = (call: Asked, reason: Reason, status = 200): MixpeekError =>
  new MixpeekError({
    reason,
    method: call.method,
    path: call.path,
    status,
    type: null,
    requestId: null,
    attempts: [],
  })

/** The execution of a record; `Malformed` when the record did not fit. */
export const fitting = (decoded: Decoded, call: Asked): Effect.Effect<ExecutionRecord, MixpeekError> =>
  decoded._tag === "ExecutionRecord"
    ? Effect.succeed(decoded)
    : Effect.fail(
        failAt(
          call,
          new Malformed({
            path: decoded.problem.path,
            expected: decoded.problem.expected,
            excerpt: excerptOf(decoded.json),
          }),
        ),
      )

/** All pages of a list, from `query.cursor` on. */
export const walk = (
  pageOf: (query: Endpoint.ListQuery) => Effect.Effect<Page, MixpeekError>,
  query: Endpoint.ListQuery,
): Stream.Stream<WalkedPage, MixpeekError> =>
  Stream.suspend(() => {
    const walked = new CursorWalk(query.cursor)
    const call = Endpoint.page(query)
    return Stream.paginate(query.cursor, (cursor: Cursor | undefined) =>
      Effect.flatMap(pageOf({ ...query, cursor }), (page) => {
        const next = Result.mapError(walked.next(page), (loop) => failAt(call, loop))
        return Effect.map(
          Effect.fromResult(next),
          (found) => [[{ ...page, cursor: cursor ?? null }], Option.fromNullOr(found)] as const,
        )
      }),
    )
  })

/** All alerts of a list. */
export const walkAlerts = (
  pageOf: (cursor: string | null) => Effect.Effect<AlertPage, MixpeekError>,
): Stream.Stream<Alert, MixpeekError> =>
  Stream.suspend(() => {
    const walked = new CursorWalk(undefined)
    const call = Endpoint.alerts("", null)
    return Stream.paginate(null as string | null, (cursor) =>
      Effect.flatMap(pageOf(cursor), (page) => {
        const given = page.pagination?.nextCursor ?? ""
        const next = Result.mapError(walked.follow(given === "" ? null : given), (loop) => failAt(call, loop))
        return Effect.map(Effect.fromResult(next), (found) => [page.results, Option.fromNullOr(found)] as const)
      }),
    )
  })
