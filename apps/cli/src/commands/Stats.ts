/** `stats`: how often alerts triggered, how long they took, how high they scored. */
import { ExitCode } from "@mixpeek-alerts/client"
import { type Decoded, factsOf, Stats } from "@mixpeek-alerts/domain"
import { Effect, Stream } from "effect"
import { asObject, forPeople, speaksJson } from "../output/Format.ts"
import { say, tell } from "./Failure.ts"
import { connected, type Invocation } from "./Invocation.ts"
import { printing } from "./Printing.ts"
import { leftOut, type Progress, select, type Wanted } from "./Selection.ts"
import { scoreBars, statsListing, statsObject, type StatsRow, statsRow } from "./StatsListing.ts"

export interface StatsOptions extends Wanted {
  readonly invocation: Invocation
}

/** How much of what there is was counted. */
const coverageOf = ({ ended, read, total }: Progress, counted: number): object => ({
  read,
  counted,
  total,
  complete: ended,
})

const coverageText = ({ ended, read, total }: Progress, counted: number): string =>
  ended
    ? `${counted} of all ${read} executions counted.`
    : `${counted} of ${read} executions that were read counted${total === null ? "" : `; there are ${total}`}. More: --limit N or --all`

/** All executions, and those of each alert. */
class Folds {
  private readonly all = new Stats.StatsFold()
  private readonly byAlert = new Map<string, Stats.StatsFold>()

  add(records: ReadonlyArray<Decoded>): void {
    for (const record of records) {
      if (record._tag !== "ExecutionRecord") continue
      const facts = factsOf(record.execution)
      const fold = this.byAlert.get(facts.alertId) ?? new Stats.StatsFold()
      this.byAlert.set(facts.alertId, fold)
      fold.add(facts)
      this.all.add(facts)
    }
  }

  /** The statistics of all, then of the alerts, the busiest first. */
  rows(): readonly [StatsRow, ...ReadonlyArray<StatsRow>] {
    const alerts = Array.from(this.byAlert, ([alertId, fold]) => statsRow(alertId, fold.result()))
    const busiest = alerts.sort(
      (one, other) =>
        other.stats.executions - one.stats.executions || (String(one.alertId) < String(other.alertId) ? -1 : 1),
    )
    return [statsRow(null, this.all.result()), ...busiest]
  }
}

const reading = Effect.fnUntraced(function* (options: StatsOptions) {
  const { invocation } = options
  const object = asObject(invocation.choice)
  const printer = yield* printing(statsListing, invocation, { single: object })
  const { pages, progress } = yield* select(invocation, options, false)
  const folds = new Folds()
  yield* Stream.runForEach(pages, (records) => Effect.sync(() => folds.add(records)))
  const [all, ...alerts] = folds.rows()
  yield* printer.print(
    object ? [statsObject(all, alerts, coverageOf(progress, all.stats.executions))] : [all, ...alerts],
  )
  const people = forPeople(printer.format, invocation.choice)
  if (people) yield* printer.write(scoreBars(all.stats, printer.surface))
  yield* printer.finish
  if (people) yield* say(coverageText(progress, all.stats.executions))
  const unfit = leftOut(progress)
  if (unfit !== null) yield* tell(unfit, speaksJson(invocation.choice))
  return unfit === null ? ExitCode.ok : unfit.exitCode
})

/** Prints the statistics and gives the exit code. */
export const stats = (options: StatsOptions): Effect.Effect<number> => connected(options.invocation, reading(options))
