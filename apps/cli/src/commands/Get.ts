/** `get`: prints executions, for people, for spreadsheets, or exactly as the server sent them. */
import { ExitCode, Mixpeek } from "@mixpeek-alerts/client"
import { type Decoded, type ExecutionId, parseExecutionId } from "@mixpeek-alerts/domain"
import { Clock, Effect, Layer, Result, Stream } from "effect"
import { connect } from "../Connection.ts"
import { clockShift } from "../Demo.ts"
import { themeOf } from "../Launch.ts"
import { problemOf } from "../ApiProblem.ts"
import { problem } from "../Problem.ts"
import { type Given, settle } from "../Settings.ts"
import { header, row } from "../text/Tsv.ts"
import { fail, Failure, tell, told } from "./Failure.ts"
import { sheet } from "./Sheet.ts"

export interface GetOptions {
  readonly ids: ReadonlyArray<string>
  readonly json: boolean
  readonly demo: boolean
  readonly given: Given
  readonly timeoutSeconds: number | null
}

const defaultTimeoutSeconds = 120

const parseIds = (texts: ReadonlyArray<string>): Effect.Effect<ReadonlyArray<ExecutionId>, Failure> =>
  Effect.forEach(texts, (text) => {
    const id = parseExecutionId(text)
    return Result.isSuccess(id)
      ? Effect.succeed(id.success)
      : fail(problem("Usage", ExitCode.usage, id.failure.message, id.failure.hint))
  })

/** How records are printed: for a terminal, for another program, or raw. */
interface Printer {
  readonly before: string
  readonly record: (record: Decoded, index: number) => string
}

const printer = (options: GetOptions, now: number): Printer => {
  if (options.json) return { before: "", record: ({ json }) => `${json}\n` }
  if (process.stdout.isTTY !== true) return { before: header, record: row }
  const { ascii, color } = themeOf(process.env, false)
  const { columns } = process.stdout
  return {
    before: "",
    record: (record, index) => (index > 0 ? "\n" : "") + sheet(record, { now, columns, ascii, color }),
  }
}

const misfit = (record: Extract<Decoded, { _tag: "Quarantined" }>) =>
  problem(
    "Malformed",
    ExitCode.data,
    `The record ${record.executionId ?? ""} does not fit: ${record.problem.message}.`,
    "--json prints it as the server sent it.",
  )

const write = (text: string): Effect.Effect<void> => Effect.sync(() => void process.stdout.write(text))

const print = Effect.fnUntraced(function* (options: GetOptions, ids: ReadonlyArray<ExecutionId>) {
  const mixpeek = yield* Mixpeek
  const clock = yield* Clock.currentTimeMillis
  const { before, record } = printer(options, options.demo ? clock + clockShift(clock) : clock)
  yield* write(before)
  let printed = 0
  let code: number = ExitCode.ok
  yield* Stream.runForEach(mixpeek.getMany(ids), ({ result }) =>
    Effect.gen(function* () {
      if (Result.isFailure(result)) {
        const found = problemOf(result.failure)
        if (code === ExitCode.ok) code = found.exitCode
        return yield* tell(found, options.json)
      }
      if (result.success._tag === "Quarantined" && !options.json) {
        if (code === ExitCode.ok) code = ExitCode.data
        return yield* tell(misfit(result.success), false)
      }
      yield* write(record(result.success, printed++))
    }),
  )
  return code
})

const run = Effect.fnUntraced(function* (options: GetOptions) {
  const ids = yield* parseIds(options.ids)
  const settings = settle(options.given, process.env)
  if (settings.problem !== null && !options.demo) return yield* fail(settings.problem)
  const timeoutSeconds = options.timeoutSeconds ?? defaultTimeoutSeconds
  const service = connect(settings, { demo: options.demo, timeoutSeconds })
  const services = yield* Layer.build(service).pipe(
    Effect.mapError((error) => new Failure({ problem: problemOf(error) })),
  )
  return yield* Effect.provideContext(print(options, ids), services)
}, Effect.scoped)

/** Prints the executions and gives the exit code: that of the first that failed. */
export const get = (options: GetOptions): Effect.Effect<number> => told(run(options), options.json)
