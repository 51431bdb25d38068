/** Scheduled exports of one state in this process, from memory: what the server lists can be anything, and differ from night to night. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Mixpeek, MixpeekError, type MixpeekShape, Reason } from "@mixpeek-alerts/client"
import { type Decoded, parseRecord } from "@mixpeek-alerts/domain"
import { make } from "@mixpeek-alerts/domain/Sample"
import { Effect, Result, Stream } from "effect"
import { Command } from "effect/cli"
import { exitCodeOf as failureCode } from "../src/Console.ts"
import { exportToDisk } from "../src/Export.ts"
import { exportFlags, type ExportFlags } from "../src/Flags.ts"
import { exitCodeOf } from "../src/Outcome.ts"
import type { Published } from "../src/Published.ts"
import { readOptions } from "../src/ReadOptions.ts"
import { ReporterError } from "../src/ReporterError.ts"
import { retryOptions, retryState } from "../src/Retry.ts"
import type { Scratch } from "./Reporter.ts"

const sample = make(1)
const encoder = new TextEncoder()

/** The record at an index of the sample, as it comes over the wire. */
export const recordAt = (index: number): Decoded => Result.getOrThrow(parseRecord(encoder.encode(sample.json(index))))

/** The same record, spoiled. */
export const brokenAt = (index: number): Decoded =>
  Result.getOrThrow(
    parseRecord(encoder.encode(sample.json(index).replace(/"match_count":\d+/, '"match_count":"many"'))),
  )

/** Records [from, to) of the sample, newest first. */
export const newest = (to: number, from = 0): ReadonlyArray<Decoded> =>
  Array.from({ length: to - from }, (_, place) => recordAt(to - 1 - place))

export interface Night {
  readonly code: number
  /** What was said, line by line; of a failure what happened and what to do. */
  readonly said: string
  readonly published: Published | null
  readonly requests: number
}

const flagsOf = (args: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    let found: ExportFlags | undefined
    const command = Command.make("export", exportFlags, (flags) => Effect.sync(() => void (found = flags)))
    yield* Command.runWith(command, { version: "0" })(args)
    return found as ExportFlags
  }).pipe(Effect.provide(NodeServices.layer), Effect.orDie)

const revoked = new MixpeekError({
  reason: new Reason.Unauthorized({ said: "revoked" }),
  method: "GET",
  path: "/v1/alerts/executions",
  status: 401,
  type: null,
  requestId: null,
  attempts: [],
})

/** The server as a night finds it. */
const asFound = (
  mixpeek: MixpeekShape,
  { pages = Number.POSITIVE_INFINITY, totals = true }: NightOptions,
): MixpeekShape => ({
  ...mixpeek,
  pages: (query) => {
    const all = totals
      ? mixpeek.pages(query)
      : Stream.map(mixpeek.pages(query), (one) => ({ ...one, totalCount: null }))
    return pages === Number.POSITIVE_INFINITY ? all : Stream.concat(Stream.take(all, pages), Stream.fail(revoked))
  },
})

export interface NightOptions {
  readonly totals?: boolean
  /** After so many pages the key is revoked. */
  readonly pages?: number
  /** A run whose failures are retried. */
  readonly retry?: string
  /** Server and namespace, if not those of all nights. */
  readonly place?: string
}

/** Runs `export` with these arguments against a server that lists these records. */
export const exportFrom = (
  records: ReadonlyArray<Decoded>,
  args: ReadonlyArray<string>,
  options: NightOptions = {},
): Promise<Night> => {
  const notes: Array<string> = []
  const { retry } = options
  const program = Effect.gen(function* () {
    const given = yield* flagsOf(args)
    const flags = retry === undefined ? given : yield* retryOptions(retry, given)
    const read = yield* readOptions(flags, options.place ?? "memory ns")
    const checked = retry === undefined ? read : yield* retryState(retry, { ...read, completes: retry })
    const mixpeek = yield* Mixpeek
    const stop = { requested: Effect.never, now: () => null }
    const progress = { report: () => {}, note: (line: string) => void notes.push(line) }
    const done = yield* Effect.result(
      Effect.scoped(exportToDisk(checked, stop, progress, "0")).pipe(
        Effect.provideService(Mixpeek, asFound(mixpeek, options)),
      ),
    )
    const requests = (yield* mixpeek.budget.state).spent
    if (Result.isFailure(done)) return yield* done.failure
    const published = done.success
    notes.push(...published.verdict.reasons)
    return { code: exitCodeOf(published.verdict), said: notes.join("\n"), published, requests }
  })
  return Effect.runPromise(
    program.pipe(
      Effect.provide(Mixpeek.layerMemory(records)),
      Effect.catch((error) =>
        error instanceof ReporterError || error instanceof MixpeekError
          ? Effect.succeed({
              code: failureCode(error),
              said: [...notes, error.message, error.hint].join("\n"),
              published: null,
              requests: 0,
            })
          : Effect.die(error),
      ),
    ),
  )
}

/** The state of a folder. */
export const stateOf = (folder: Scratch): string => folder.in("nightly.state")

/** One night: exports everything that is new into the run of this name. */
export const night = (
  folder: Scratch,
  name: string,
  records: ReadonlyArray<Decoded>,
  more: ReadonlyArray<string> = [],
  options: NightOptions = {},
): Promise<Night> => {
  const args = ["--all", "--page-size", "100", "--state", stateOf(folder), "--out", folder.in("runs", name)]
  return exportFrom(records, [...args, ...more], options)
}
