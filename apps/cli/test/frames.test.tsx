import { assert, describe, expect, it } from "@effect/vitest"
import { renderToString } from "ink"
import { type Decoded, parseRecord } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { problem } from "../src/Problem.ts"
import { cells } from "../src/text/Width.ts"
import type { Message } from "../src/tui/Message.ts"
import type { Model } from "../src/tui/Model.ts"
import { initialModel } from "../src/tui/Show.ts"
import { App } from "../src/tui/view/App.tsx"
import { loaded } from "../src/tui/List.ts"
import {
  after,
  alertsOf,
  at,
  letters,
  listed,
  openedModel,
  pageOf,
  pressing,
  source,
  theme,
  waitingModel,
} from "./Fixture.ts"

const sizes = [
  [20, 5],
  [40, 12],
  [80, 24],
  [120, 40],
] as const

const limited = {
  ...problem("RateLimited", 75, "The rate limit of this API key is used up.", "Try again later."),
  retryAt: at + 23_000,
}
const unreachable = {
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

const failedList = (columns: number, rows: number, why: typeof unreachable) =>
  after(listed(columns, rows), { _tag: "PageFailed", problem: why, at })

const budget = { limit: 60, remaining: 44, resetsAt: at + 40_000, spent: 16, pausedUntil: null, limited: 0 }

/** Live, after the newest seven arrived; a page of `size` of them was read. */
const liveList = (columns: number, rows: number, size: number): Model => {
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

const troubled = (columns: number, rows: number): Model =>
  after(
    liveList(columns, rows, 60),
    { _tag: "LookDue", at: at + 90_000 },
    { _tag: "LookFailed", problem: unreachable, at: at + 90_000 },
  )

const alerts = (columns: number, rows: number) =>
  after(pressing(listed(columns, rows), "a"), { _tag: "AlertsLoaded", alerts: alertsOf(), at })

/** One never ran, one could not be asked, one is being asked. */
const alertsAsked = (columns: number, rows: number) =>
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
const compared = (columns: number, rows: number): Model => {
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

const screens: Record<string, (columns: number, rows: number) => Model> = {
  list: (columns, rows) => pressing(listed(columns, rows), "j", "j"),
  "list, filtered": (columns, rows) => pressing(listed(columns, rows), "x", "/", ...letters("score:>0.8"), "enter"),
  "list, filter being typed": (columns, rows) => pressing(listed(columns, rows), "/", ...letters("score:>0.8")),
  "list, filter that is wrong": (columns, rows) => pressing(listed(columns, rows), "/", ...letters("triggered:maybe")),
  "list, nothing passes": (columns, rows) => pressing(listed(columns, rows), "/", ...letters("score:>2"), "enter"),
  "list, empty": (columns, rows) =>
    after(waitingModel(null, columns, rows), {
      _tag: "PageLoaded",
      page: { records: [], next: null, totalCount: 0 },
      more: false,
      at,
    }),
  "list, loading": (columns, rows) => after(waitingModel(null, columns, rows), { _tag: "Ticked", at: at + 1200 }),
  "list, rate limited": (columns, rows) => failedList(columns, rows, { ...limited, attempts: [] }),
  "list, offline from the start": (columns, rows) =>
    after(waitingModel(null, columns, rows), { _tag: "PageFailed", problem: unreachable, at }),
  "list, a record that does not fit": (columns, rows) => pressing(listed(columns, rows), ...letters("jjjjjjjj")),
  "execution, a record that does not fit": (columns, rows) =>
    pressing(listed(columns, rows), ...letters("jjjjjjjj"), "enter", "2"),
  "list, live": (columns, rows) => liveList(columns, rows, 60),
  "list, live with a gap": (columns, rows) => pressing(liveList(columns, rows, 3), "g", "j", "j", "j"),
  "list, live during an outage": troubled,
  "list, live paused by the rate limit": (columns, rows) =>
    after(liveList(columns, rows, 60), {
      _tag: "BudgetChanged",
      budget: { ...budget, remaining: 0, pausedUntil: at + 43_300 },
      at: at + 20_300,
    }),
  "list, live where the newest are not first": (columns, rows) => {
    const page = pageOf(60)
    const turned = { ...page, records: page.records.toReversed() }
    return pressing(
      after(waitingModel(null, columns, rows), { _tag: "PageLoaded", page: turned, more: false, at }),
      "w",
      "j",
    )
  },
  "list, live in ASCII": (columns, rows) => {
    const model = liveList(columns, rows, 3)
    return pressing({ ...model, theme: { ascii: true, color: false, palette: "mono" } }, "j")
  },
  "list, saved by an earlier run": (columns, rows) => {
    const model = listed(columns, rows)
    const items = { _tag: "Waiting", since: at, previous: loaded(model.list) } as const
    return { ...model, list: { ...model.list, items, savedAt: at - 7_200_000 } }
  },
  "list, theme changed": (columns, rows) => pressing(listed(columns, rows), "T"),
  "list, sort menu": (columns, rows) => pressing(listed(columns, rows), "s"),
  "list, open by ID": (columns, rows) => pressing(listed(columns, rows), "o", ...letters("exec_8f")),
  "list, help": (columns, rows) => pressing(listed(columns, rows), "?"),
  "list, error details": (columns, rows) => pressing(failedList(columns, rows, unreachable), "!"),
  "execution, matches": openedModel,
  "execution, tree of a match": (columns, rows) => pressing(openedModel(columns, rows), "j", "tab", "j"),
  "execution, JSON": (columns, rows) => pressing(openedModel(columns, rows), "2", "j"),
  "execution, sources": (columns, rows) => pressing(openedModel(columns, rows), "3"),
  "execution, history": (columns, rows) => pressing(listed(columns, rows), "enter", "4", "j"),
  "execution, history asked for": (columns, rows) =>
    after(pressing(openedModel(columns, rows), "4", "L"), {
      _tag: "HistoryLoaded",
      alert: "alt_face_jp",
      page: { ...pageOf(400), totalCount: 900 },
      at,
    }),
  "execution, raw": (columns, rows) => pressing(openedModel(columns, rows), "5"),
  "execution, finding": (columns, rows) => pressing(openedModel(columns, rows), "2", "/", ...letters("cam-3")),
  "list, marked, in UTC, with a count": (columns, rows) =>
    pressing(listed(columns, rows), "space", "j", "j", "space", "z", "1", "2"),
  "list, of one alert": (columns, rows) =>
    after(pressing(alerts(columns, rows), "enter"), {
      _tag: "PageLoaded",
      page: {
        records: pageOf(412).records.filter(({ json }) => json.includes('"alt_brand_logo"')),
        next: null,
        totalCount: 67,
      },
      more: false,
      at,
    }),
  "list, equivalent command": (columns, rows) =>
    pressing(listed(columns, rows), "x", "/", ...letters("score:>0.8 !'a b'"), "enter", ";"),
  "list, going by name": (columns, rows) => pressing(listed(columns, rows), ":", ...letters("al"), "enter"),
  alerts: (columns, rows) => alertsAsked(columns, rows),
  "alerts, what asking costs": (columns, rows) => pressing(alerts(columns, rows), "L"),
  "alerts, none": (columns, rows) =>
    after(pressing(listed(columns, rows), "a"), { _tag: "AlertsLoaded", alerts: [], at }),
  trends: (columns, rows) => pressing(listed(columns, rows), "t", "left", "left"),
  "trends, of everything that is loaded": (columns, rows) =>
    pressing(
      after(listed(columns, rows), { _tag: "PageLoaded", page: { ...pageOf(412), next: null }, more: true, at }),
      "t",
    ),
  "trends, of one alert": (columns, rows) => pressing(listed(columns, rows), "t", "tab", "tab"),
  "trends, as a table": (columns, rows) => pressing(listed(columns, rows), "t", "x", "j"),
  "trends, of nothing": (columns, rows) => pressing(listed(columns, rows), "/", ...letters("score:>2"), "enter", "t"),
  compare: (columns, rows) => pressing(compared(columns, rows), "j"),
  "compare, the executions": compared,
  "execution, copy menu": (columns, rows) => pressing(openedModel(columns, rows), "y"),
  "execution, not found": (columns, rows) =>
    after(waitingModel("exec_nope", columns, rows), {
      _tag: "ExecutionFailed",
      id: "exec_nope",
      problem: {
        ...problem("NotFound", 66, "Mixpeek does not know execution exec_nope.", "Check the ID and the namespace."),
        requestId: "req_1",
      },
      at,
    }),
  "first run": (columns, rows) =>
    initialModel(
      {
        target: null,
        theme,
        source,
        lookedAt: [
          "--api-key-file FILE",
          "MIXPEEK_API_KEY",
          "MIXPEEK_API_KEY_FILE",
          "~/.config/mixpeek-alerts/config.json",
        ],
      },
      { columns, rows },
      at,
    ),
}

const frame = (model: Model): string => renderToString(<App model={model} />, { columns: model.size.columns })

describe("every screen", () => {
  for (const [name, make] of Object.entries(screens)) {
    for (const [columns, rows] of sizes) {
      it(`fits and looks as approved: ${name} at ${columns}x${rows}`, async () => {
        const model = make(columns, rows)
        const lines = frame(model).split("\n")
        assert.isAtMost(lines.length, rows)
        for (const line of lines) assert.isAtMost(cells(line), columns, line)
        if (rows >= 10) assert.isTrue(lines[0]?.startsWith("mixpeek-a"), lines[0])
        const file = `frames/${name.replaceAll(/[^A-Za-z]+/g, "-")}-${columns}x${rows}.txt`
        await expect(`${lines.map((line) => line.trimEnd()).join("\n")}\n`).toMatchFileSnapshot(file)
      })
    }
  }

  it("says in words what it says with colours and signs", () => {
    const text = frame(openedModel())
    assert.include(text, "TRIGGERED")
    assert.include(frame(failedList(80, 24, unreachable)), "! error")
  })

  it("has only ASCII of its own in ASCII mode", () => {
    const model = listed()
    const plain = pressing({ ...model, theme: { ascii: true, color: false, palette: "terminal" } }, "j")
    for (const keys of [[], ["t"], ["t", "x"], ["enter", "4"], ["space", "j", "c"]])
      assert.notMatch(frame(pressing(plain, ...keys)), /[^\x20-\x7e\n]/)
  })
})
