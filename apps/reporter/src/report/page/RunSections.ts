/** The parts of the page about the runs themselves: the trend over several, and what each was. */
import { percentileChart } from "../chart/PercentileChart.ts"
import { rateTrend, runMarks } from "../chart/TrendChart.ts"
import { foreign, html, type Html } from "../Html.ts"
import { count, dayMillis, duration, moment, percent, tick } from "../Numbers.ts"
import type { RunFindings } from "../ReadRuns.ts"
import { dataTable, figure, section } from "./DataTable.ts"
import { answerOf } from "./Headline.ts"
import type { Story } from "./Story.ts"

const number = (name: string) => ({ name, numeric: true })

const startOf = (run: RunFindings): number => Date.parse(run.manifest.run?.startedAt ?? "")

/** What stands below each run: its day, or its time when several began on one day. */
const marksOf = (runs: ReadonlyArray<RunFindings>): ReadonlyArray<string> => {
  const days = runs.map((run) => tick(startOf(run), dayMillis))
  return new Set(days).size === runs.length ? days : runs.map((run) => tick(startOf(run), 0))
}

/** From run to run: the rate and the durations. */
export const trendSection = ({ runs }: Story): Html => {
  if (runs.length < 2) return html``
  const names = marksOf(runs)
  const columns = [{ name: "run" }, { name: "started (UTC)" }]
  const started = (run: RunFindings) => moment(startOf(run))
  return section("trend", `From run to run`, `Each of the ${runs.length} runs by itself, the oldest first.`, [
    html`<h3>Triggered rate</h3>`,
    figure(
      rateTrend(
        runs.map((run) => (run.executions === 0 ? null : run.triggered / run.executions)),
        names,
        `Triggered rate of ${runs.length} runs`,
      ),
      dataTable(
        "Executions and triggered rate by run",
        [...columns, number("executions"), number("triggered"), number("rate"), number("failures")],
        runs.map((run) => [
          foreign(run.name),
          started(run),
          count(run.executions),
          count(run.triggered),
          percent(run.triggered, run.executions),
          count(run.manifest.mixpeek.counts.failures),
        ]),
      ),
    ),
    html`<h3>Durations</h3>`,
    figure(
      percentileChart(
        runs.map((run) => run.durations),
        `Durations of ${runs.length} runs, p50 and p95`,
        runMarks(names),
      ),
      dataTable(
        "Durations by run",
        [...columns, number("p50"), number("p95")],
        runs.map((run) => [
          foreign(run.name),
          started(run),
          duration(run.durations.percentile(0.5)),
          duration(run.durations.percentile(0.95)),
        ]),
      ),
    ),
  ])
}

const verdictWord = { complete: "complete", incomplete: "NOT complete", unknown: "unknown" } as const

/** What each run did, and what it left. */
export const runSection = ({ runs }: Story): Html => {
  const isFiltered = runs.some((run) => run.manifest.mixpeek.counts.filtered > 0)
  return section(
    "runs",
    runs.length === 1 ? "The run" : "The runs",
    html`What the manifest says; <code>mixpeek-alerts-reporter verify</code> checks it against the files.`,
    [
      dataTable(
        "Runs",
        [
          { name: "run" },
          { name: "verdict" },
          { name: "started (UTC)" },
          number("took"),
          number("requests"),
          number("429s"),
          number("executions"),
          number("matches"),
          number("failures"),
          ...(isFiltered ? [number("filtered out")] : []),
        ],
        runs.map((run) => {
          const { counts } = run.manifest.mixpeek
          const facts = run.manifest.run
          const [from, to] = [Date.parse(facts?.startedAt ?? ""), Date.parse(facts?.finishedAt ?? "")]
          return [
            foreign(run.name),
            html`<span class="${answerOf(run)}-word">${verdictWord[answerOf(run)]}</span>`,
            moment(from),
            Number.isNaN(to - from) ? "–" : duration(to - from),
            facts?.requests === undefined ? "–" : count(facts.requests),
            facts?.rateLimited === undefined ? "–" : count(facts.rateLimited),
            count(counts.executions),
            count(counts.matches),
            count(counts.failures),
            ...(isFiltered ? [count(counts.filtered)] : []),
          ]
        }),
      ),
    ],
  )
}
