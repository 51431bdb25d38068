/** Shows the screen: checks that it can, connects, and ends with the screen's exit code. */
import { ExitCode } from "@mixpeek-alerts/client"
import { type ExecutionId, parseExecutionId } from "@mixpeek-alerts/domain"
import { Clock, Effect, Layer, Result } from "effect"
import { cacheFor, PageCache } from "../cache/PageCache.ts"
import { connect } from "../Connection.ts"
import { arrivingDemo, clockShift, demo } from "../Demo.ts"
import { type Launch, unfit } from "../Launch.ts"
import { problemOf } from "../ApiProblem.ts"
import { problem } from "../Problem.ts"
import { screenOf, type ScreenSettings } from "../ScreenSettings.ts"
import { isProblem, settle, type Settings } from "../Settings.ts"
import { giveBack } from "../terminal/TerminalGuard.ts"
import { startDemo } from "../tui/FirstRun.ts"
import type { Binding } from "../tui/Keys.ts"
import type { LiveOptions } from "../tui/Live.ts"
import { rebound } from "../tui/Rebinding.ts"
import { ClockShift } from "../tui/Perform.ts"
import { show, type Showing } from "../tui/Show.ts"
import { fail, Failure, told } from "./Failure.ts"

export { runProcess } from "../Process.ts"

/** People wait less long than scripts. */
const defaultTimeoutSeconds = 30

const targetOf = (launch: Launch): Effect.Effect<ExecutionId | null, Failure> => {
  if (launch.target === null) return Effect.succeed(null)
  const id = parseExecutionId(launch.target)
  return Result.isSuccess(id)
    ? Effect.succeed(id.success)
    : fail(problem("Usage", ExitCode.usage, id.failure.message, id.failure.hint))
}

const showing = (
  launch: Launch,
  target: ExecutionId | null,
  settings: Settings,
  screen: ScreenSettings,
  keys: ReadonlyArray<Binding>,
): Showing => ({
  target,
  theme: screen.theme,
  live: screen.live,
  keys,
  source: {
    demo: launch.demo,
    baseUrl: settings.baseUrl.value,
    namespace: launch.demo ? null : (settings.namespace?.value ?? null),
  },
  lookedAt: null,
})

/** The key table with the keys of the config file. */
const keysOf = ({ configFile, file }: Settings): Effect.Effect<ReadonlyArray<Binding>, Failure> => {
  const table = rebound(file.keys ?? {})
  if (Result.isSuccess(table)) return Effect.succeed(table.success)
  const { hint, message } = table.failure
  return fail(problem("InvalidConfig", ExitCode.config, `The keys in ${configFile}: ${message}`, hint))
}

/** What to add to the clock for made-up data. */
const shifted = Effect.map(Clock.currentTimeMillis, clockShift)

const showDemo = Effect.fnUntraced(function* (options: Showing) {
  return yield* show(options).pipe(Effect.provide(arrivingDemo), Effect.provideService(ClockShift, yield* shifted))
})

/** Without a key: says so on the screen, and offers the demo. */
const firstRun = Effect.fnUntraced(function* (options: Showing, settings: Settings) {
  const code = yield* show({ ...options, lookedAt: settings.lookedAt }).pipe(Effect.provide(demo))
  if (code !== startDemo) return code
  return yield* showDemo({ ...options, source: { ...options.source, demo: true } })
})

/** Where the last pages are kept; `null` when they are not to be. */
const cacheOf = ({ apiKey, baseUrl, namespace }: Settings, { cache }: ScreenSettings): PageCache | null =>
  cache && apiKey !== null
    ? cacheFor({ apiKey: apiKey.value, baseUrl: baseUrl.value, namespace: namespace?.value ?? null }, process.env)
    : null

/** Sentences and prompts; nothing of the screen is loaded. */
const converse = Effect.fnUntraced(function* (target: ExecutionId | null, demo: boolean, live: LiveOptions) {
  const { talk } = yield* Effect.promise(() => import("../linear/Talk.ts"))
  return yield* talk({ target, demo, live })
})

const run = Effect.fnUntraced(function* (launch: Launch) {
  const settings = settle(launch.given, process.env)
  if (settings.problem !== null && !launch.demo) return yield* fail(settings.problem)
  const screen = screenOf(launch.screen, launch.ascii, process.env, settings.file, settings.configFile)
  if (isProblem(screen)) return yield* fail(screen)
  // Who asks for it by a flag may pipe it; otherwise a pipe is a script that forgot its command.
  const cannot = launch.screen.linear === true ? null : unfit(process.env, process.stdin, process.stdout, screen.linear)
  if (cannot !== null) return yield* fail(cannot)
  const target = yield* targetOf(launch)
  if (screen.linear && launch.demo)
    return yield* converse(target, true, screen.live).pipe(
      Effect.provide(arrivingDemo),
      Effect.provideService(ClockShift, yield* shifted),
    )
  const options = showing(launch, target, settings, screen, yield* keysOf(settings))
  if (launch.demo) return yield* showDemo(options)
  if (settings.apiKey === null && target === null && !screen.linear) return yield* firstRun(options, settings)
  const service = connect(settings, {
    demo: false,
    timeoutSeconds: launch.timeoutSeconds ?? defaultTimeoutSeconds,
    rpm: screen.live.rpm,
  })
  const services = yield* Layer.build(service).pipe(
    Effect.mapError((error) => new Failure({ problem: problemOf(error) })),
  )
  if (screen.linear) return yield* Effect.provideContext(converse(target, false, screen.live), services)
  const cache = cacheOf(settings, screen)
  const saved = cache === null || target !== null ? null : cache.load(yield* Clock.currentTimeMillis)
  const program = show({ ...options, saved }).pipe(Effect.provideContext(services))
  return yield* cache === null ? program : Effect.provideService(program, PageCache, cache)
}, Effect.scoped)

/** The terminal, until someone leaves it. */
export const terminal = (launch: Launch): Effect.Effect<number> =>
  told(run(launch).pipe(Effect.ensuring(Effect.sync(giveBack))), false)
