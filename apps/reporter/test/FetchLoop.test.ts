/** What ends a run that is asked to stop just when something else goes wrong. */
import { assert, describe, it } from "@effect/vitest"
import { Mixpeek, type MixpeekError } from "@mixpeek-alerts/client"
import { Deferred, Effect } from "effect"
import type { ExportOptions } from "../src/ExportOptions.ts"
import { start, type Strategy } from "../src/Fetch.ts"
import { fetchAll, type Job } from "../src/FetchLoop.ts"
import { fail, type ReporterError } from "../src/ReporterError.ts"
import type { RunDirectory } from "../src/RunDirectory.ts"
import { Seen } from "../src/Seen.ts"
import type { StopCause } from "../src/Signals.ts"
import { empty } from "../src/Tally.ts"
import { makeRows, streams } from "../src/UnitRows.ts"
import { newest } from "./Nights.ts"

/** What the loop looks at. */
const options = {
  excel: false,
  filterAt: () => ({ test: () => true }),
  flatten: [],
  source: { _tag: "All" },
  shard: null,
  maxFailures: null,
} as unknown as ExportOptions

const turn = Effect.callback<void>((resume) => void setImmediate(() => resume(Effect.void)))

/** Files that have a megabyte waiting, and are written out by `flush`; counts the lines of the journal. */
const directory = (flush: Effect.Effect<void, ReporterError>) => {
  const lines: Array<string> = []
  const file = { append: () => {}, waitingBytes: 1 << 20, offset: 0, flush: () => flush, sync: () => Effect.void }
  const files = Object.fromEntries(streams.map((stream) => [stream, file]))
  const journal = { appendFile: async (line: string) => void lines.push(line), datasync: async () => {} }
  const head = { startedAt: "2026-03-01T00:00:00Z" }
  return { lines, run: { path: "", head, last: null, files, journal } as unknown as RunDirectory }
}

/** A run over 300 executions in pages of 100, asked to stop while the first page is written out, which ends in `outcome`. */
const stoppedWhileWriting = (outcome: Effect.Effect<void, ReporterError>) =>
  Effect.gen(function* () {
    const asked = Deferred.makeUnsafe<StopCause>()
    let cause: StopCause | null = null
    const flush = Effect.gen(function* () {
      cause = "SIGTERM"
      Deferred.doneUnsafe(asked, Effect.succeed(cause))
      for (let count = 0; count < 5; count++) yield* turn
      yield* outcome
    })
    const { lines, run } = directory(flush)
    const strategy: Strategy = { _tag: "Walk", lists: [null], pageSize: 100 }
    const job: Job = {
      run,
      strategy,
      state: { next: start(strategy), tally: empty, seen: new Seen(), rows: makeRows(), walks: [] },
      options,
      stop: { requested: Deferred.await(asked), now: () => cause },
      progress: { report: () => {}, note: () => {} },
      memory: null,
    }
    const error: ReporterError | MixpeekError = yield* Effect.flip(fetchAll(job))
    return { kind: "kind" in error ? error.kind : error.reason._tag, lines: lines.length, read: job.state.tally.read }
  }).pipe(Effect.provide(Mixpeek.layerMemory(newest(300))))

describe("a run that is asked to stop while it writes", () => {
  it.live("writes to the end of it, saves where it is, and goes no further", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* stoppedWhileWriting(Effect.void), { kind: "Stopped", lines: 1, read: 100 })
    }),
  )

  it.live("is ended by the disk when that fails then, and saves nothing", () =>
    Effect.gen(function* () {
      const failure = fail("WriteFailed", "The disk is gone.", "Get another one.")
      assert.deepStrictEqual(yield* stoppedWhileWriting(Effect.fail(failure)), {
        kind: "WriteFailed",
        lines: 0,
        read: 100,
      })
    }),
  )
})
