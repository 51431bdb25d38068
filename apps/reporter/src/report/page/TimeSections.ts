/** The parts of the page with time in them: executions, the triggered rate of each alert, durations. */
import { durationChart } from "../chart/PercentileChart.ts"
import { commonTop, rateOf } from "../chart/RateScale.ts"
import { rateTile } from "../chart/RateTile.ts"
import { volumeChart } from "../chart/VolumeChart.ts"
import { foreign, html, type Html } from "../Html.ts"
import { count, duration, many, moment, percent, span } from "../Numbers.ts"
import type { Series } from "../TimeBuckets.ts"
import { dataTable, figure, section, shareBar } from "./DataTable.ts"
import { type Group, groupsOf, type Story } from "./Story.ts"

const number = (name: string) => ({ name, numeric: true })

const timeRows = <A>(series: Series, cells: (bucket: Series["buckets"][number]) => ReadonlyArray<A>) =>
  series.buckets.map(
    (bucket, index) => [moment(series.start + series.width * index), ...cells(bucket)] as ReadonlyArray<A | string>,
  )

const outsideNote = ({ outside }: Series): string =>
  outside === 0
    ? ""
    : ` ${many(outside, "execution")} from far before or after ${outside === 1 ? "is" : "are"} not in the pictures by time.`

const name = (group: Group): Html => (group.isForeign ? foreign(group.name) : html`${group.name}`)

/** Executions by time. */
export const volumeSection = ({ fold, series }: Story): Html => {
  if (series === null) return html``
  const by = span(series.width)
  const untimed = fold.untimed === 0 ? "" : ` ${many(fold.untimed, "execution")} had no time that a clock knows.`
  return section(
    "volume",
    "Executions over time",
    html`<span class="key triggered-key"></span>triggered <span class="key quiet-key"></span>not triggered, in steps of
      ${by}, in UTC.${outsideNote(series)}${untimed}`,
    [
      figure(
        volumeChart(
          series,
          `Executions in steps of ${by}: ${count(fold.all.executions)} in all, ${percent(fold.all.triggered, fold.all.executions)} triggered`,
        ),
        dataTable(
          `Executions in steps of ${by} (UTC)`,
          [{ name: "from" }, number("executions"), number("triggered"), number("rate")],
          timeRows(series, (bucket) => [
            count(bucket.executions),
            count(bucket.triggered),
            percent(bucket.triggered, bucket.executions),
          ]),
        ),
      ),
    ],
  )
}

/** The triggered rate by alert: a picture for each of those that ran most. */
export const alertSection = ({ fold, series }: Story): Html => {
  if (fold.all.executions === 0) return html``
  const groups = groupsOf(fold, 9)
  const top =
    series === null
      ? 1
      : commonTop(
          series,
          groups.map((group) => group.alerts),
        )
  const tiles =
    series === null
      ? []
      : groups.map(
          (group) =>
            html`<div class="alert-tile">
              <h3>${name(group)}</h3>
              <p><b>${percent(group.triggered, group.executions)}</b> of ${count(group.executions)}</p>
              ${rateTile(series, group.alerts, top, `Triggered rate of ${group.name} over time, ${percent(group.triggered, group.executions)} in all`)}
            </div>`,
        )
  const rates =
    series === null
      ? []
      : [
          html`<details>
            <summary>The rates as a table</summary>
            ${dataTable(
              `Triggered rate by alert, in steps of ${span(series.width)} (UTC)`,
              [{ name: "from" }, ...groups.map((group) => number(group.name))],
              timeRows(series, (bucket) =>
                groups.map((group) => {
                  const rate = rateOf(bucket, group.alerts)
                  return rate === null ? "–" : percent(rate, 1)
                }),
              ),
            )}
          </details>`,
        ]
  return section(
    "alerts",
    "Triggered rate by alert",
    series === null
      ? ""
      : `The share of its executions that triggered, in steps of ${span(series.width)}. A gap is a time when it did not run.`,
    [html`<div class="alert-tiles">${tiles}</div>`, ...rates, alertTable(groupsOf(fold, 50), fold)],
  )
}

const alertTable = (groups: ReadonlyArray<Group>, fold: Story["fold"]): Html =>
  dataTable(
    "Alerts, the one that ran most first",
    [
      { name: "alert" },
      number("executions"),
      number("triggered"),
      number("rate"),
      { name: "" },
      number("p50"),
      number("p95"),
      number("slowest"),
    ],
    groups.map((group) => {
      const [only] = group.alerts
      const durations = group.alerts.size === 1 ? fold.alerts[only ?? 0]?.durations : undefined
      return [
        name(group),
        count(group.executions),
        count(group.triggered),
        percent(group.triggered, group.executions),
        shareBar(group.executions === 0 ? 0 : group.triggered / group.executions, "triggered"),
        duration(durations?.percentile(0.5) ?? null),
        duration(durations?.percentile(0.95) ?? null),
        duration(durations === undefined || durations.total === 0 ? null : durations.max),
      ]
    }),
  )

/** How long executions took. */
export const durationSection = ({ fold, series }: Story): Html => {
  if (series === null) return html``
  const { durations } = fold.all
  const [p50, p95] = [duration(durations.percentile(0.5)), duration(durations.percentile(0.95))]
  return section(
    "durations",
    "How long executions took",
    `Half took up to ${p50} (p50), 95 % up to ${p95} (p95), the slowest ${duration(durations.max)}. In steps of ${span(series.width)}.`,
    [
      figure(
        durationChart(series, `Durations over time: p50 ${p50}, p95 ${p95} in all`),
        dataTable(
          `Durations in steps of ${span(series.width)} (UTC)`,
          [{ name: "from" }, number("p50"), number("p95"), number("slowest")],
          timeRows(series, (bucket) => [
            duration(bucket.durations.percentile(0.5)),
            duration(bucket.durations.percentile(0.95)),
            duration(bucket.durations.total === 0 ? null : bucket.durations.max),
          ]),
        ),
      ),
    ],
  )
}
