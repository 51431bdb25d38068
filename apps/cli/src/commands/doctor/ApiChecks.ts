/** Whether the API answers this key, in this namespace, with what this program expects. */
import { ExitCode, exitCodeOf, Mixpeek, type MixpeekError } from "@mixpeek-alerts/client"
import type { Page } from "@mixpeek-alerts/domain"
import { Clock, Effect, Result } from "effect"
import { clean } from "../../text/Clean.ts"
import { type Check, failed, ok, warn } from "./Check.ts"

const pageSize = 100

const causes: Readonly<Record<string, string>> = {
  Unauthorized: "access",
  Forbidden: "access",
  QuotaExceeded: "limits",
  RateLimited: "limits",
  BudgetSpent: "limits",
  NotFound: "access",
  Malformed: "schema",
}

const failureCheck = (error: MixpeekError): Check => {
  const id = error.requestId === null ? "" : ` Request ID ${error.requestId}.`
  return failed(
    causes[error.reason._tag] ?? "answer",
    exitCodeOf(error),
    clean(error.message),
    `${clean(error.hint)}${id}`,
  )
}

const schemaCheck = ({ records }: Page): Check => {
  const unfit = records.filter((record) => record._tag === "Quarantined")
  const [first] = unfit
  if (records.length === 0)
    return warn(
      "schema",
      "There are no executions to look at.",
      "An alert runs when documents arrive in a collection that it watches; or this is another namespace.",
    )
  return first === undefined
    ? ok("schema", `all ${records.length} executions of a page fit`)
    : failed(
        "schema",
        ExitCode.data,
        `${unfit.length} of ${records.length} executions do not fit: ${clean(first.problem.message)}.`,
        "mixpeek-alerts list -o ndjson prints them as sent; the API may have changed.",
      )
}

const clock = (millis: number): string => `${new Date(millis).toISOString().slice(0, 19)}Z`

const limitsCheck = Effect.gen(function* () {
  const { limit, remaining, resetsAt } = yield* (yield* Mixpeek).budget.state
  if (limit === null) return ok("limits", "The server does not tell its rate limit; requests begin at ten a second.")
  const until = resetsAt === null ? "" : `, until ${clock(resetsAt)}`
  return remaining === 0
    ? warn("limits", `The rate limit of ${limit} requests is used up${until}.`, "Wait, or use another key.")
    : ok("limits", `${remaining ?? limit} of ${limit} requests left${until}`)
})

/** One page of executions. */
export const apiChecks: Effect.Effect<ReadonlyArray<Check>, never, Mixpeek> = Effect.gen(function* () {
  const mixpeek = yield* Mixpeek
  const started = yield* Clock.currentTimeMillis
  const page = yield* Effect.result(mixpeek.page({ pageSize }))
  const took = (yield* Clock.currentTimeMillis) - started
  if (Result.isFailure(page)) return [failureCheck(page.failure)]
  const total = page.success.totalCount
  const access = ok("access", `the key reads executions${total === null ? "" : `, ${total} in all`}, in ${took} ms`)
  return [access, yield* limitsCheck, schemaCheck(page.success)]
})
