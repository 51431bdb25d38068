/** Whatever a record, an alert or a failure says: each screen fits any terminal, and shows nothing that it would obey. */
import { assert, describe, it } from "@effect/vitest"
import { type Alert, type Decoded, parseRecord } from "@mixpeek-alerts/domain"
import { eachSeed, mutated, scrambled } from "@mixpeek-alerts/domain/Fuzz"
import { make } from "@mixpeek-alerts/domain/Sample"
import { Result } from "effect"
import { renderToString } from "ink"
import { problem } from "../src/Problem.ts"
import { cells } from "../src/text/Width.ts"
import { bindings } from "../src/tui/Keys.ts"
import type { Message } from "../src/tui/Message.ts"
import type { Model } from "../src/tui/Model.ts"
import { App } from "../src/tui/view/App.tsx"
import { after, alertsOf, at, newest, waitingModel } from "./Fixture.ts"

const sample = make(20260301)
const keys = [...new Set(bindings.flatMap((binding) => binding.keys))]

/** What a terminal obeys, and Ink may let pass. */
const spells = [
  "\u001b[31m",
  "\u001b]8;;https://x\u0007",
  "\u009b31m",
  "\u202e",
  "\u2066",
  "\u2028",
  "\u0007",
  "\r",
  "\t",
  "\0",
]

const cast = (seed: number, most = 12): string =>
  `${spells[seed % spells.length]}${scrambled(seed, most)}${spells[(seed >> 3) % spells.length]}街`

/** The value with text that hurts in place of some of its texts and names. */
const hostile = (value: unknown, seed: number): unknown => {
  if (typeof value === "string") return seed % 3 === 0 ? cast(seed) : value
  if (Array.isArray(value)) return value.map((one, index) => hostile(one, seed + index * 7 + 1))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one], index) => [
      [key, hostile(one, seed + index * 5 + 1)],
      ...(key === "metadata" && seed % 2 === 0 ? [[cast(seed + index), cast(seed)]] : []),
    ]),
  )
}

const records = (seed: number): ReadonlyArray<Decoded> =>
  Array.from({ length: 1 + (seed % 30) }, (_, index) => {
    const json = sample.json((seed * 31 + index) % 5000)
    const text =
      (seed + index) % 4 === 0 ? mutated(json, seed + index) : JSON.stringify(hostile(JSON.parse(json), seed + index))
    return parseRecord(text)
  }).flatMap((result) => (Result.isSuccess(result) ? [result.success] : []))

const alerts = (seed: number): ReadonlyArray<Alert> =>
  alertsOf().map((alert, index) => ({ ...alert, name: cast(seed + index) }))

const trouble = (seed: number) => problem("Unreachable", 69, cast(seed, 40), cast(seed + 1, 40))

const messageOf = (seed: number): Message => {
  const [record] = records(seed)
  switch (seed % 18) {
    case 0:
      return { _tag: "Resized", columns: 1 + ((seed >> 4) % 160), rows: 1 + ((seed >> 7) % 50) }
    case 1:
      return { _tag: "AlertsLoaded", alerts: alerts(seed), at }
    case 2:
      return { _tag: "PageFailed", problem: trouble(seed), at }
    case 3:
      return { _tag: "Pasted", text: cast(seed) }
    case 4:
      return { _tag: "Noticed", text: cast(seed, 30) }
    case 5:
      return record === undefined
        ? { _tag: "ExecutionFailed", id: newest, problem: trouble(seed), at }
        : { _tag: "ExecutionLoaded", id: newest, record, at }
    default:
      return { _tag: "Pressed", press: keys[(seed * 7) % keys.length] ?? "j" }
  }
}

const modelOf = (seed: number): Model => {
  const [columns, rows] =
    seed % 9 === 0 ? [1 + (seed % 50), 1 + ((seed >> 3) % 12)] : [40 + (seed % 110), 10 + (seed % 37)]
  const waiting = waitingModel(seed % 2 === 0 ? null : newest, columns, rows)
  const [record] = records(seed + 1)
  const started: Message =
    seed % 2 === 0 || record === undefined
      ? { _tag: "PageLoaded", page: { records: records(seed), next: null, totalCount: null }, more: false, at }
      : { _tag: "ExecutionLoaded", id: newest, record, at }
  return after(waiting, started, ...[0, 1, 2, 3].map((step) => messageOf(seed * 5 + step)))
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/

/** What is wrong with how a screen looks. */
const check = (model: Model, seed: number): void => {
  const { columns, rows } = model.size
  const frame = renderToString(<App model={model} />, { columns })
  assert.notMatch(frame, obeyed, `seed ${seed}`)
  const lines = frame.split("\n")
  assert.isAtMost(lines.length, Math.max(rows, 1), `seed ${seed}: ${columns}x${rows}`)
  for (const line of lines) assert.isAtMost(cells(line), columns, `seed ${seed}: ${line}`)
}

describe("fuzz", () => {
  it("screens of hostile records, alerts and failures, at any size", { timeout: 60_000 }, (test) => {
    eachSeed(test, (seed) => check(modelOf(seed), seed), 0.4)
  })
})
