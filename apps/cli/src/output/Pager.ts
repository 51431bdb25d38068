/** The reader's own pager: `MIXPEEK_ALERTS_PAGER`, `PAGER`, or less. */
import { Effect } from "effect"

export interface Pager {
  /** Writes, and waits until it is taken; `false` when the reader has left. */
  readonly write: (text: string) => Effect.Effect<boolean>
  /** Waits until the reader leaves. */
  readonly end: Effect.Effect<void>
}

/** Loaded when there is something to page. */
const processes = () => process.getBuiltinModule("node:child_process")

type Env = Readonly<Record<string, string | undefined>>

/** The command to start; `null` when there is none, or none that does anything. */
export const pagerOf = (env: Env): string | null => {
  const command = (env["MIXPEEK_ALERTS_PAGER"] ?? env["PAGER"] ?? "less").trim()
  if (command === "" || command === "cat") return null
  const program = command.split(/\s+/)[0] as string
  return processes().spawnSync("sh", ["-c", 'command -v -- "$1"', "sh", program], { stdio: "ignore" }).status === 0
    ? command
    : null
}

/** Starts a pager on the terminal. Less gets `FRX` unless `LESS` says otherwise: colours, and no stay for a short text. */
export const openPager = (command: string, env: Env): Pager => {
  const child = processes().spawn("sh", ["-c", command], {
    stdio: ["pipe", "inherit", "inherit"],
    env: { LESS: "FRX", ...env },
  })
  const closed = new Promise<void>((resolve) => void child.once("close", () => resolve()))
  let open = true
  child.once("exit", () => (open = false))
  child.stdin.on("error", () => (open = false))
  return {
    write: (text) =>
      Effect.callback<boolean>((resume) => {
        if (!open) return resume(Effect.succeed(false))
        child.stdin.write(text, (error) => resume(Effect.succeed(error == null)))
      }),
    end: Effect.andThen(
      Effect.sync(() => child.stdin.end()),
      Effect.promise(() => closed),
    ),
  }
}
