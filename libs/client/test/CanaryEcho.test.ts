/** The key in nothing that comes out, even when a hostile server sends it back. */
import { assert, describe, it } from "@effect/vitest"
import { parseExecutionId } from "@mixpeek-alerts/domain"
import { Effect, Exit, Result, Stream } from "effect"
import type { Mixpeek } from "../src/index.ts"
import { ask } from "./Ask.ts"
import { assertClean, canary, outputOf } from "./CanaryRun.ts"
import { answer, type RawRequest, rawServer } from "./RawServer.ts"

const id = Result.getOrThrow(parseExecutionId("exec_1"))
const page = ask((mixpeek) => mixpeek.page())
const reads: ReadonlyArray<readonly [string, Effect.Effect<unknown, unknown, Mixpeek>]> = [
  ["a page", page],
  ["an execution", ask((mixpeek) => mixpeek.get(id))],
  ["an alert", ask((mixpeek) => mixpeek.alert("brand-logo"))],
  ["the alerts", ask((mixpeek) => Stream.runDrain(mixpeek.alerts()))],
]

/** The key as JSON may spell it, so that no search for it in the text of the body finds it. */
const hidden = Array.from(canary, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")

/** Every header that the client reads, with the key in it. */
const echoes = [
  "x-request-id",
  "request-id",
  "content-type",
  "retry-after",
  "x-ratelimit-reset",
  "date",
  "location",
  "x-ratelimit-limit",
].map((name) => `${name}: ${canary}`)

describe("a server that sends the key back", () => {
  const bodies: ReadonlyArray<readonly [string, string, string]> = [
    [
      "in the message of an error",
      "500 Oops",
      `{"success":false,"status":500,"error":{"message":"Bad ${canary}","type":"${canary}","details":{"id":"${canary}"}}}`,
    ],
    [
      "in an error, hidden by escapes",
      "404 Not Found",
      `{"success":false,"status":404,"error":{"message":"${hidden}","type":"${hidden}","details":{"resource":"${hidden}","id":"${hidden}"}}}`,
    ],
    ["in a validation error", "422 No", `{"detail":[{"loc":["query","${canary}"],"msg":"${canary}","type":"t"}]}`],
    [
      "in a quota error",
      "403 No",
      `{"success":false,"status":403,"error":{"message":"m","type":"QuotaExceededError","details":{"resource":"${canary}"}}}`,
    ],
    [
      "in a validation error, hidden by escapes",
      "422 No",
      `{"detail":[{"loc":["query","${hidden}"],"msg":"${hidden}","type":"t"}]}`,
    ],
    ["in a web page", "200 OK", `<html>${canary}</html>`],
    ["in JSON of another shape", "200 OK", `{"${canary}":"${canary}"}`],
    ["in a record that does not fit", "200 OK", `{"alert_id":"${canary}","execution_id":5}`],
    [
      "in a record that is another's",
      "200 OK",
      `{"execution_id":"${canary}","alert_id":"a","collection_id":"c","triggered":true,"match_count":0,"executed_at":"2026-03-01T00:00:00Z","duration_ms":1}`,
    ],
    ["in a failure with status 200", "200 OK", `{"success":false,"status":400,"error":{"message":"${canary}"}}`],
    ["in a redirect", "307 Elsewhere", ""],
    ["in a status that means nothing", "418 Teapot", `{"success":false,"error":{"message":"${canary}"}}`],
  ]
  for (const [name, status, body] of bodies) {
    it.live(`${name} finds no way out`, () =>
      Effect.gen(function* () {
        const server = yield* rawServer(({ socket }: RawRequest) => void socket.write(answer(status, echoes, body)))
        for (const [, read] of reads) {
          const { exit, text } = yield* outputOf(server.baseUrl, read)
          assert.isTrue(Exit.isFailure(exit))
          assertClean(text)
        }
      }),
    )
  }

  it.live("in headers before the connection breaks finds no way out", () =>
    Effect.gen(function* () {
      const head = ["HTTP/1.1 200 OK", ...echoes, "content-length: 100", "", "{"].join("\r\n")
      const server = yield* rawServer(
        ({ socket }) => void socket.write(head, () => setImmediate(() => socket.resetAndDestroy())),
      )
      const { exit, text } = yield* outputOf(server.baseUrl, page)
      assert.isTrue(Exit.isFailure(exit))
      assertClean(text)
    }),
  )
})
