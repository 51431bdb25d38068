/** Decides what to load: the terminal, painted at once, or the commands. */
import { type Launch, plainLaunch, unfit } from "./Launch.ts"
import { screenOf } from "./ScreenSettings.ts"
import { isProblem, settle } from "./Settings.ts"
import { paintSkeleton } from "./terminal/Skeleton.ts"
import { take } from "./terminal/TerminalGuard.ts"

/** Shows the frame of the screen when it is certain that the screen will follow. */
const paintEarly = (launch: Launch): void => {
  const settings = settle(launch.given, process.env)
  const screen = screenOf(launch.screen, launch.ascii, process.env, settings.file, settings.configFile)
  if (isProblem(screen) || screen.linear) return
  const ready = launch.demo || (settings.problem === null && (settings.apiKey !== null || launch.target === null))
  if (!ready || unfit(process.env, process.stdin, process.stdout) !== null) return
  take()
  paintSkeleton(launch.target === null ? "executions" : "executions › …", process.stdout.columns, process.stdout.rows)
}

/** Runs the program with these arguments. */
export const start = async (args: ReadonlyArray<string>): Promise<void> => {
  const launch = plainLaunch(args)
  if (launch !== null) {
    paintEarly(launch)
    const { runProcess, terminal } = await import("./commands/Terminal.ts")
    return runProcess(terminal(launch))
  }
  const { cli, runProcess } = await import("./Cli.ts")
  runProcess(cli(args))
}
