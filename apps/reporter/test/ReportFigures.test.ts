import { describe, expect, it } from "@effect/vitest"
import { Schema } from "effect"
import { DurationCounts } from "../src/report/DurationCounts.ts"
import { type Cells, Fold, otherAlerts } from "../src/report/Fold.ts"
import { FrequentKeys } from "../src/report/FrequentKeys.ts"
import { escape, foreign } from "../src/report/Html.ts"
import { duration, percent } from "../src/report/Numbers.ts"
import { page } from "../src/report/page/Page.ts"
import { TimeBuckets } from "../src/report/TimeBuckets.ts"

const Millis = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100_000_000 }))
const cells =
  (row: Readonly<Record<string, string>>): Cells =>
  (column) =>
    row[column]

describe("the figures of a page", () => {
  it.prop("have percentiles within 0.4 % of the exact ones", [Schema.NonEmptyArray(Millis)], ([values]) => {
    const counts = new DurationCounts()
    for (const value of values) counts.add(value)
    const sorted = [...values].sort((a, b) => a - b)
    for (const share of [0.5, 0.95, 1]) {
      const exact = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] as number
      expect(Math.abs((counts.percentile(share) as number) - exact)).toBeLessThanOrEqual(exact * 0.004)
    }
    expect(counts.max).toBe(sorted.at(-1))
  })

  it.prop(
    "count frequent keys within a bound that they know",
    [Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 40 })))],
    ([values]) => {
      const frequent = new FrequentKeys(5)
      const exact = new Map<string, number>()
      for (const value of values) {
        const key = String(Math.floor(Math.sqrt(value)) * (value % 7))
        frequent.add(key)
        exact.set(key, (exact.get(key) ?? 0) + 1)
      }
      const found = new Map(frequent.top(100).map((one) => [one.key, one.count]))
      for (const [key, count] of exact) {
        const low = found.get(key) ?? 0
        expect(low).toBeLessThanOrEqual(count)
        expect(low + frequent.missed).toBeGreaterThanOrEqual(count)
      }
      if (exact.size <= 10) expect(frequent.missed).toBe(0)
    },
  )

  it.prop(
    "lose no execution in the buckets of time, however far apart they are",
    [Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: -62_000_000_000_000, maximum: 253_000_000_000_000 })))],
    ([times]) => {
      const buckets = new TimeBuckets()
      for (const [index, time] of times.entries()) buckets.at(time).add(0, 1, index % 2)
      const series = buckets.series(60)
      expect(series?.buckets.length ?? 0).toBeLessThanOrEqual(60)
      const shown = series?.buckets.reduce((sum, bucket) => sum + bucket.executions, 0) ?? 0
      expect(shown + (series?.outside ?? 0)).toBe(times.length)
    },
  )

  it("show a week by the hour although one execution is from 1970, and say so", () => {
    const buckets = new TimeBuckets()
    const monday = Date.UTC(2026, 2, 2)
    for (let hour = 0; hour < 48; hour++)
      for (let n = 0; n < 10; n++) buckets.at(monday + hour * 3_600_000 + n).add(0, 1, 0)
    buckets.at(0).add(0, 1, 1)
    const series = buckets.series(60)
    expect([series?.width, series?.buckets.length, series?.outside]).toEqual([3_600_000, 48, 1])
  })

  it("keep what is rare apart from nothing and from all", () => {
    expect([percent(0, 5), percent(1, 100_000), percent(99_999, 100_000), percent(5, 5), percent(1, 0)]).toEqual([
      "0 %",
      "< 0.1 %",
      "> 99.9 %",
      "100 %",
      "–",
    ])
    expect([duration(999), duration(1000), duration(61_000), duration(null)]).toEqual([
      "999 ms",
      "1.00 s",
      "1 min 1 s",
      "–",
    ])
  })

  it("tell 256 alerts apart, and count the others together", () => {
    const fold = new Fold()
    for (let n = 0; n < 300; n++) fold.execution(cells({ alert_id: `alt_${n}`, triggered: "true", duration_ms: "1" }))
    expect(fold.alerts).toHaveLength(257)
    expect(fold.alerts.at(-1)).toMatchObject({ id: otherAlerts, executions: 44 })
    expect(fold.all.executions).toBe(300)
    expect(fold.untimed).toBe(300)
  })
})

const hostile = `"><img src=x onerror=alert(1)>'</style></svg><script>alert(2)</script>\u202e\u0000\ud800 & ${"x".repeat(500)}`

describe("the markup of a page", () => {
  it.prop("holds text only as text", [Schema.String], ([text]) => {
    expect(escape(text)).not.toMatch(/[<>"'\0]|&(?!(amp|lt|gt|quot|#39);)/)
    expect(escape(text).isWellFormed()).toBe(true)
  })

  it("shows what would turn the direction of the text, and shortens what is long", () => {
    expect(foreign("a\u202eb").text).toBe("<bdi>a⟨U+202E⟩b</bdi>")
    expect(foreign("x".repeat(500)).text.length).toBeLessThan(200)
  })

  it("has the same elements whatever names, reasons and messages say", () => {
    const elements = (name: string) => {
      const fold = new Fold()
      fold.execution(
        cells({ alert_id: name, triggered: "true", duration_ms: "5", executed_at_utc: "2026-03-01T00:00:00Z" }),
      )
      for (let n = 0; n < 3; n++) fold.match(cells({ document_id: name, score: "0.5" }))
      fold.failure(
        cells({ execution_id: name, reason: name, where: name, message: name, path: name, request_id: name }),
      )
      const text = page({ title: name, fold, runs: [], series: fold.time.series(60) }, "0", 0)
      return [...text.replace(/<style>.*?<\/style>/s, "").matchAll(/<\/?[a-zA-Z!][\w-]*/g)].map(([tag]) => tag)
    }
    expect(elements(hostile)).toEqual(elements("plain"))
    expect(elements("plain")).not.toContain("<script")
  })
})
