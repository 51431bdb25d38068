/** An export of one table to standard output: nothing to resume, nothing to publish. */
import type { Mixpeek } from "@mixpeek-alerts/client"
import { Clock, Effect, Pull, type Scope } from "effect"
import type { ExportError, Published } from "./Published.ts"
import { rowOptions } from "./RowOptions.ts"
import { withTotals } from "./RunState.ts"
import type { ExportOptions } from "./ExportOptions.ts"
import { failureColumns } from "./Failure.ts"
import { start, units } from "./Fetch.ts"
import { absentees, checkFailures } from "./Outcome.ts"
import { plan } from "./Plan.ts"
import type { Progress } from "./Progress.ts"
import { fail } from "./ReporterError.ts"
import { Seen } from "./Seen.ts"
import { orStop, reasonOf, type Stop } from "./Signals.ts"
import { empty, type Tally } from "./Tally.ts"
import { headers, makeRows, published, unitRows } from "./UnitRows.ts"
import type { Position, Unit } from "./Unit.ts"
import { verdict } from "./Verdict.ts"

/** Writes text and waits until it is taken. Fails with `EPIPE` when nobody reads any more. */
const write = (text: string | Uint8Array): Effect.Effect<void, NodeJS.ErrnoException> =>
  text.length === 0
    ? Effect.void
    : Effect.callback((resume) => {
        process.stdout.write(text, (error) => resume(error ? Effect.fail(error) : Effect.void))
      })

/** A reader that had enough, such as `head`, is not a failure. */
const ended = (error: NodeJS.ErrnoException): boolean => error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED"

const nameFailures = (failures: Uint8Array, progress: Progress): void => {
  for (const line of Buffer.from(failures).toString().split("\r\n"))
    if (line !== "") progress.note(`failed: ${line.slice(0, 300)}`)
}

/** Exports one table to standard output; the verdict and what failed go to standard error. */
export const exportToStdout = Effect.fnUntraced(function* (
  options: ExportOptions,
  stop: Stop,
  progress: Progress,
): Effect.fn.Return<Published, ExportError, Mixpeek | Scope.Scope> {
  const { target } = options
  if (target._tag !== "Stdout") return yield* Effect.die("not standard output")
  process.stdout.on("error", () => {})
  const { strategy, why } = yield* orStop(plan(options, false), stop)
  progress.note(`Plan: ${why}.`)
  const shape = rowOptions(options, strategy, new Date(yield* Clock.currentTimeMillis).toISOString())
  const rows = makeRows()
  const seen = new Seen()
  let tally: Tally = empty
  let next: Position = start(strategy)
  const take = (unit: Unit): Uint8Array => {
    tally = withTotals(unitRows(unit, tally, seen, shape, rows), unit, next)
    next = unit.next
    seen.drain()
    nameFailures(rows.failures.view(), progress)
    const taken = rows[target.table].view().slice()
    for (const stream of published) rows[stream].clear()
    return taken
  }
  const emit = (text: string | Uint8Array) =>
    write(text).pipe(
      Effect.as(true),
      Effect.catch((error) =>
        ended(error)
          ? Effect.succeed(false)
          : Effect.fail(
              fail(
                "WriteFailed",
                `Cannot write to standard output (${error.code}).`,
                "Mend the cause and run it again.",
              ),
            ),
      ),
      Effect.raceFirst(Effect.as(stop.requested, true)),
    )

  const answer = () => verdict(tally, options.source._tag === "Ids" ? options.source.list.ids.length : null)
  const closed: Published = {
    path: "-",
    tally,
    verdict: { complete: "unknown", reasons: ["the reader stopped reading"] },
  }
  if (
    !(yield* emit(
      headers(
        shape,
        failureColumns.map((column) => column.name),
      )[target.table],
    ))
  )
    return closed
  const pull = yield* units(strategy, next)
  for (;;) {
    const batch = yield* pull.pipe(
      Pull.catchDone(() => Effect.succeed(null)),
      Effect.raceFirst(Effect.as(stop.requested, null)),
    )
    if (batch === null) break
    for (const unit of batch) if (!(yield* emit(take(unit)))) return { ...closed, tally }
    yield* checkFailures(tally, options)
    progress.report(tally)
  }
  const cause = stop.now()
  if (cause !== null) {
    const kind = ({ SIGINT: "Interrupted", SIGTERM: "Terminated", deadline: "Stopped" } as const)[cause]
    return yield* fail(kind, `${reasonOf(cause)} before its end.`, "Run it again; standard output cannot be resumed.")
  }
  if (options.source._tag === "Ids" && strategy._tag === "Walk") {
    take({
      records: [],
      missing: absentees(options.source.list.ids, seen),
      next: { _tag: "End" },
      totalCount: null,
      origin: "",
    })
  }
  yield* checkFailures(tally, options, true)
  if (options.failOnEmpty && tally.executions === 0) {
    return yield* fail(
      "Empty",
      "There was nothing to export.",
      "Check the filter and the namespace, or leave out --fail-on-empty.",
    )
  }
  return { path: "-", tally, verdict: answer() }
})
