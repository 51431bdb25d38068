/** Models that several screens start from. */
import { type Decoded, parseRecord } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { problem } from "../src/Problem.ts"
import type { Message } from "../src/tui/Message.ts"
import type { Model } from "../src/tui/Model.ts"
import { after, alertsOf, at, listed, pageOf, pressing, waitingModel } from "./Fixture.ts"

export const limited = {
  ...problem("RateLimited", 75, "The rate limit of this API key is used up.", "Try again later."),
  retryAt: at + 23_000,
}
export const unreachable = {
  ...problem(
    "Unreachable",
    69,
    "No connection to the API could be made (ECONNREFUSED).",
    "Check the network, MIXPEEK_BASE_URL and the proxy variables (HTTPS_PROXY, NO_PROXY).",
  ),
  request: "GET /v1/alerts/executions",
  attempts: [
    { status: null, outcome: "Unreachable", requestId: null, waitMillis: 412 },
    { status: 503, outcome: "ServerFault", requestId: "req_8f", waitMillis: 0 },
  ],
}

export const failedList = (columns: number, rows: number, why: typeof unreachable) =>
  after(listed(columns, rows), { _tag: "PageFailed", problem: why, at })

export const budget = { limit: 60, remaining: 44, resetsAt: at + 40_000, spent: 16, pausedUntil: null, limited: 0 }

/** Live, after the newest seven arrived; a page of `size` of them was read. */
export const liveList = (columns: number, rows: number, size: number): Model => {
  const page = pageOf(60)
  const before = { ...page, records: page.records.slice(7), totalCount: 405 }
  const list = after(
    waitingModel(null, columns, rows),
    { _tag: "PageLoaded", page: before, more: false, at },
    { _tag: "BudgetChanged", budget, at },
  )
  const looking = after(pressing(list, "j", "j", "w"), { _tag: "LookDue", at: at + 20_000 })
  return after(looking, {
    _tag: "LookLoaded",
    alert: null,
    page: { ...page, records: page.records.slice(0, size) },
    at: at + 20_300,
  })
}

export const troubled = (columns: number, rows: number): Model =>
  after(
    liveList(columns, rows, 60),
    { _tag: "LookDue", at: at + 90_000 },
    { _tag: "LookFailed", problem: unreachable, at: at + 90_000 },
  )

export const alerts = (columns: number, rows: number) =>
  after(pressing(listed(columns, rows), "a"), { _tag: "AlertsLoaded", alerts: alertsOf(), at })

/** One never ran, one could not be asked, one is being asked. */
export const alertsAsked = (columns: number, rows: number) =>
  after(
    pressing(alerts(columns, rows), "L", "a"),
    { _tag: "LatestLoaded", alert: "alt_brand_logo", facts: null, at },
    { _tag: "LatestFailed", alert: "alt_nsfw", problem: unreachable, at },
    ...["alt_face_jp", "alt_speech", "alt_quiet"].map((alert): Message => ({
      _tag: "LatestLoaded",
      alert,
      facts: null,
      at,
    })),
  )

/** Two executions that have some of their documents in common. */
export const compared = (columns: number, rows: number): Model => {
  const side = (id: string, minute: number, matches: ReadonlyArray<object>): Decoded =>
    Result.getOrThrow(
      parseRecord(
        JSON.stringify({
          execution_id: id,
          alert_id: "alt_brand_logo",
          collection_id: "col_tv_ads",
          triggered: true,
          match_count: matches.length,
          matches,
          executed_at: `2026-03-01T04:${minute}:00Z`,
          duration_ms: 200 + minute,
        }),
      ),
    )
  const match = (document_id: string, score: number, title: string) => ({
    document_id,
    score,
    metadata: { title, tags: ["a"] },
  })
  const records = [
    side("exec_later", 20, [match("doc_up", 0.91, "B"), match("doc_same", 0.5, "顔"), match("doc_new", 0.7, "N")]),
    side("exec_earlier", 10, [match("doc_up", 0.842, "A"), match("doc_same", 0.5, "顔"), match("doc_gone", 0.61, "G")]),
  ]
  const page = { records, next: null, totalCount: 2 }
  return pressing(
    after(waitingModel(null, columns, rows), { _tag: "PageLoaded", page, more: false, at }),
    "space",
    "j",
    "c",
  )
}
