/** One command of a longer check: run, timed, its output shown, its failure kept. */
import { spawnSync } from "node:child_process"
import { delimiter, join } from "node:path"

/** The workspace's own root, whatever folder a command was started in. */
export const workspaceRoot = join(import.meta.dirname, "..", "..", "..")

/** The environment in which every tool is the pinned one, Node included. */
export const pinned: NodeJS.ProcessEnv = {
  ...process.env,
  NX_DAEMON: "false",
  NX_TUI: "false",
  PATH: `${join(workspaceRoot, "node_modules", ".bin")}${delimiter}${process.env["PATH"] ?? ""}`,
}

/** How a step ended. */
export interface StepResult {
  readonly ok: boolean
  readonly seconds: number
  readonly output: string
}

/** Runs a command in the workspace root. With `quiet`, output is kept and not shown. */
export const step = (command: string, args: ReadonlyArray<string>, quiet = false, env = pinned): StepResult => {
  const began = performance.now()
  const ended = spawnSync(command, args, {
    cwd: workspaceRoot,
    env,
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  })
  return {
    ok: ended.status === 0,
    seconds: (performance.now() - began) / 1000,
    output: `${ended.stdout ?? ""}${ended.stderr ?? ""}${ended.error?.message ?? ""}`,
  }
}
