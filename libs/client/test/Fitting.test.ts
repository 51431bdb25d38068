/** What `get` says of a record that does not fit. */
import { assert, describe, it } from "@effect/vitest"
import { ExecutionId } from "@mixpeek-alerts/domain"
import { Effect } from "effect"
import { ask } from "./Ask.ts"
import { answer, rawServer } from "./RawServer.ts"
import { on } from "./Settings.ts"

const body = '{"alert_id":"alt_1","collection_id":"col_1","execution_id":"exec_1","triggered":"perhaps"}'
const misfit = answer("200 OK", ["content-type: application/json", "x-request-id: req_7"], body)

describe("a record that does not fit", () => {
  it.live("fails get with the place, the request ID and the attempt, and record with none of it", () =>
    Effect.gen(function* () {
      const server = yield* rawServer((request) => void request.socket.write(misfit))
      const id = ExecutionId.make("exec_1")
      const error = yield* on(
        server.baseUrl,
        ask((mixpeek) => mixpeek.get(id)),
      ).pipe(Effect.flip)
      assert.strictEqual(error.reason._tag, "Malformed")
      assert.strictEqual(error.requestId, "req_7")
      assert.deepStrictEqual(
        error.attempts.map(({ outcome, requestId, status }) => [outcome, requestId, status]),
        [["Malformed", "req_7", 200]],
      )
      const decoded = yield* on(
        server.baseUrl,
        ask((mixpeek) => mixpeek.record(id)),
      )
      assert.strictEqual(decoded._tag, "Quarantined")
    }),
  )
})
