/** The service without a network, as the tests of another app would use it. */
import { assert, describe, it, layer } from "@effect/vitest"
import {
  type Alert,
  AlertId,
  type AlertExecution,
  CollectionId,
  type Decoded,
  ExecutionId,
  parseRecord,
  recordOf,
  Timestamp,
} from "@mixpeek-alerts/domain"
import { Effect, Exit, Result, Stream } from "effect"
import { Mixpeek } from "../src/index.ts"
import { ask } from "./Ask.ts"

const execution = (index: number, changes: Partial<AlertExecution> = {}): AlertExecution => ({
  alertId: AlertId.make(index % 2 === 0 ? "alt_even" : "alt_odd"),
  collectionId: CollectionId.make("col_1"),
  executionId: ExecutionId.make(`exec_${index}`),
  triggered: true,
  matchCount: 0,
  matches: [],
  sourceDocuments: null,
  executedAt: Timestamp.make("2026-03-01T00:00:00Z"),
  durationMs: 1,
  extra: {},
  ...changes,
})

const broken: Decoded = Result.getOrThrow(parseRecord('{"execution_id":"exec_broken","alert_id":5}'))

const even: Alert = {
  alertId: AlertId.make("alt_even"),
  name: "even-numbers",
  notificationConfig: { channels: [], includeMatches: true, includeScores: true },
}

const executions = Array.from({ length: 25 }, (_, index) => execution(25 - index))

/** What another app would build on the service. */
const triggeredPerAlert = Effect.gen(function* () {
  const mixpeek = yield* Mixpeek
  const alerts = yield* Stream.runCollect(mixpeek.alerts())
  return yield* Effect.forEach(alerts, (alert) =>
    Effect.map(
      Stream.runCollect(mixpeek.executions({ alert: alert.name, pageSize: 4 })),
      (records) => [alert.name, records.length] as const,
    ),
  )
})

layer(Mixpeek.layerMemory({ executions: [...executions, broken], alerts: [even] }))(
  "an app on the service in memory",
  (it) => {
    it.effect("works as it does on the real one", () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* triggeredPerAlert, [
          ["even-numbers", 12],
          ["alt_odd", 13],
        ])
      }),
    )

    it.effect("reads page by page, and goes on from the cursor of any page", () =>
      Effect.gen(function* () {
        const { pages } = yield* Mixpeek
        const whole = yield* Stream.runCollect(pages({ pageSize: 10 }))
        assert.deepStrictEqual(
          whole.map((page) => [page.records.length, page.totalCount]),
          [
            [10, 26],
            [10, 26],
            [6, 26],
          ],
        )
        assert.strictEqual(whole.at(-1)?.next, null)
        const rest = yield* Stream.runCollect(pages({ pageSize: 10, cursor: whole[1]?.cursor ?? undefined }))
        assert.deepStrictEqual(rest, whole.slice(1))
      }),
    )

    it.effect("gets one execution, or NotFound, or what did not fit", () =>
      Effect.gen(function* () {
        const { get, record } = yield* Mixpeek
        assert.deepStrictEqual(yield* get(ExecutionId.make("exec_3")), recordOf(execution(3)))
        const missing = yield* Effect.flip(get(ExecutionId.make("exec_99")))
        assert.deepInclude(missing.reason, { _tag: "NotFound", id: "exec_99" })
        assert.deepInclude(missing, { status: 404, path: "/v1/alerts/executions/exec_99" })
        assert.strictEqual((yield* Effect.flip(get(ExecutionId.make("exec_broken")))).reason._tag, "Malformed")
        assert.strictEqual((yield* record(ExecutionId.make("exec_broken")))._tag, "Quarantined")
      }),
    )

    it.effect("gets many, in order", () =>
      Effect.gen(function* () {
        const { getMany } = yield* Mixpeek
        const ids = ["exec_2", "exec_99", "exec_1"].map((id) => ExecutionId.make(id))
        const fetched = yield* Stream.runCollect(getMany(ids))
        assert.deepStrictEqual(
          fetched.map(({ id, result }) => [id, Result.isSuccess(result)]),
          [
            ["exec_2", true],
            ["exec_99", false],
            ["exec_1", true],
          ],
        )
      }),
    )

    it.effect("gets the latest of an alert, by ID or name", () =>
      Effect.gen(function* () {
        const { alert, latest } = yield* Mixpeek
        assert.deepStrictEqual(yield* latest("even-numbers"), recordOf(execution(24)))
        assert.deepStrictEqual(yield* latest("alt_even"), yield* latest("even-numbers"))
        assert.deepStrictEqual(yield* alert("alt_even"), even)
        assert.strictEqual((yield* Effect.flip(latest("nobody"))).reason._tag, "NotFound")
        assert.strictEqual((yield* Effect.flip(alert("nobody"))).reason._tag, "NotFound")
      }),
    )

    it.effect("rejects what the API would reject", () =>
      Effect.gen(function* () {
        const { page } = yield* Mixpeek
        for (const pageSize of [0, 1001, 1.5]) {
          assert.strictEqual((yield* Effect.flip(page({ pageSize }))).reason._tag, "InvalidRequest")
        }
      }),
    )

    it.effect("counts its requests", () =>
      Effect.gen(function* () {
        const { budget, page } = yield* Mixpeek
        const before = (yield* budget.state).spent
        yield* page()
        assert.strictEqual((yield* budget.state).spent, before + 1)
      }),
    )
  },
)

describe("the service in memory", () => {
  it.effect("takes bare executions too, and may be empty", () =>
    Effect.gen(function* () {
      const all = ask(({ executions }) => Stream.runCollect(executions()))
      assert.strictEqual((yield* Effect.provide(all, Mixpeek.layerMemory(executions))).length, 25)
      assert.strictEqual((yield* Effect.provide(all, Mixpeek.layerMemory([]))).length, 0)
    }),
  )

  it.effect("knows nothing of the cursors of another server", () =>
    Effect.gen(function* () {
      const wrong = ask(({ pages }) => Stream.runDrain(pages({ cursor: "elsewhere" as never })))
      assert.isTrue(Exit.isFailure(yield* Effect.exit(Effect.provide(wrong, Mixpeek.layerMemory([])))))
    }),
  )
})
