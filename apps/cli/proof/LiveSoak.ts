/**
 * Live mode for a long time in pseudo-terminals, at the smallest and at the
 * largest rate limit, with faults, resizes and keys:
 * `npm run proof:soak -- --minutes 30`. Exits with 1 when a minute had more
 * requests than half of the limit, when memory grew, or when a screen was wrong.
 */
import { parseArgs } from "node:util"
import setup from "../test/Bundled.ts"
import { type Sample, soak, type Soaked } from "./SoakRun.ts"

const limits = [10, 600] as const
const share = 0.5
const windowMillis = 60_000
/** What a list that grew by everything that arrived may take. */
const mostGrowth = 30

/** The most requests between two samples that are at most a minute apart. */
export const busiestMinute = (samples: ReadonlyArray<Sample>): number =>
  Math.max(
    0,
    ...samples.map(({ at, requests }) => {
      const from = samples.find((sample) => at - sample.at <= windowMillis)
      return from === undefined ? 0 : requests - from.requests
    }),
  )

const median = (values: ReadonlyArray<number>): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN

/** Megabytes that the last third of a run takes more than the second. */
export const growth = (samples: ReadonlyArray<Sample>): number => {
  const third = Math.floor(samples.length / 3)
  const part = (from: number) =>
    median(samples.slice(from * third, (from + 1) * third).map(({ megabytes }) => megabytes))
  return part(2) - part(1)
}

const complaints = ({ limit, samples, wrong }: Soaked): ReadonlyArray<string> => [
  ...(busiestMinute(samples) > limit * share ? [`more than ${limit * share} requests in a minute`] : []),
  ...(growth(samples) > mostGrowth ? [`memory grew by ${growth(samples).toFixed(0)} MB`] : []),
  ...wrong,
]

const lineOf = (soaked: Soaked): string => {
  const { arrived, limit, samples } = soaked
  const total = (samples.at(-1)?.requests ?? 0) - (samples[0]?.requests ?? 0)
  const peak = Math.max(...samples.map(({ megabytes }) => megabytes))
  return [
    `${limit} a minute:`,
    `${total} requests, at most ${busiestMinute(samples)} in a minute (share ${limit * share});`,
    `${arrived} arrivals; ${median(samples.map(({ megabytes }) => megabytes)).toFixed(0)} MB, at most ${peak.toFixed(0)},`,
    `${growth(samples).toFixed(1)} MB more in the last third than in the second;`,
    `${soaked.wrong.length} wrong screens`,
  ].join(" ")
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { minutes: { type: "string", default: "30" }, seed: { type: "string", default: "1" } },
  })
  await setup()
  const millis = Number(values.minutes) * 60_000
  const runs = await Promise.all(limits.map((limit, index) => soak(limit, millis, Number(values.seed) + index)))
  for (const run of runs) {
    process.stdout.write(`${lineOf(run)}\n`)
    for (const complaint of complaints(run)) process.stdout.write(`WRONG at ${run.limit}: ${complaint}\n`)
  }
  process.exitCode = runs.some((run) => complaints(run).length > 0) ? 1 : 0
}
