/** Every screen, in every state that looks different, at any size. */
import { problem } from "../src/Problem.ts"
import type { Model } from "../src/tui/Model.ts"
import { initialModel } from "../src/tui/Show.ts"
import { loaded } from "../src/tui/List.ts"
import { after, at, letters, listed, openedModel, pageOf, pressing, source, theme, waitingModel } from "./Fixture.ts"
import {
  alerts,
  alertsAsked,
  budget,
  compared,
  failedList,
  limited,
  liveList,
  troubled,
  unreachable,
} from "./ScreenState.ts"

export const screens: Record<string, (columns: number, rows: number) => Model> = {
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
