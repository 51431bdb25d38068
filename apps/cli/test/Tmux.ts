/** A real terminal: a program in a tmux of its own, driven by keys and judged by its cells. */
import { execFile, execFileSync } from "node:child_process"
import { appendFile } from "node:fs/promises"
import { promisify } from "node:util"
import { cleanEnv } from "./Program.ts"

const run = promisify(execFile)
let sequence = 0

/** Whether there is a tmux to test with. */
export const hasTmux = (() => {
  try {
    execFileSync("tmux", ["-V"])
    return true
  } catch {
    return false
  }
})()

/** Whether a process still runs; one that nobody has buried yet does not. */
const alive = async (pid: number): Promise<boolean> => {
  const { stdout } = await run("ps", ["-o", "stat=", "-p", String(pid)]).catch(() => ({ stdout: "" }))
  return /^[^Z\s]/.test(stdout.trim())
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
const patience = 15_000

export class Tmux implements AsyncDisposable {
  private readonly socket = `mixpeek-alerts-test-${process.pid}-${++sequence}`

  private async tmux(...args: ReadonlyArray<string>): Promise<string> {
    const { stdout } = await run("tmux", ["-L", this.socket, "-f", "/dev/null", ...args])
    return stdout
  }

  /** Starts a shell that prints `before`, runs the program, prints how it ended, and waits. */
  static async start(
    command: ReadonlyArray<string>,
    options: { readonly columns?: number; readonly rows?: number; readonly env?: Record<string, string> } = {},
  ): Promise<Tmux> {
    const terminal = new Tmux()
    const { columns = 80, env = {}, rows = 24 } = options
    // tmux sets TERM and TMUX itself: whoever wants others sets them inside.
    const settings = Object.entries(cleanEnv(env)).map(([name, value]) => `${name}=${quote(value)}`)
    // The shell outlives ctrl-c for the program, as one that somebody types into does.
    const script = `trap : INT; echo before; env -u TMUX -u SSH_TTY -u NO_COLOR -u CI ${settings.join(" ")} ${command.map(quote).join(" ")}; echo "exit:$?"; exec sleep 600`
    await terminal.tmux("new-session", "-d", "-x", String(columns), "-y", String(rows), "sh", "-c", script)
    return terminal
  }

  async press(...keys: ReadonlyArray<string>): Promise<void> {
    await this.tmux("send-keys", ...keys)
  }

  /** Sends text in one write. */
  async type(text: string): Promise<void> {
    await this.tmux("send-keys", "-l", text)
  }

  async paste(text: string): Promise<void> {
    await this.tmux("set-buffer", text)
    await this.tmux("paste-buffer", "-p")
  }

  /** Writes over the screen behind the program's back. */
  async disturb(text: string): Promise<void> {
    const tty = (await this.tmux("display-message", "-p", "#{pane_tty}")).trim()
    await appendFile(tty, `\u001b[5;5H${text}`)
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.tmux("resize-window", "-x", String(columns), "-y", String(rows))
  }

  screen(): Promise<string> {
    return this.tmux("capture-pane", "-p")
  }

  /** The screen with the colours and styles that were asked for. */
  styled(): Promise<string> {
    return this.tmux("capture-pane", "-p", "-e")
  }

  /** `alternate_on cursor_flag wrap_flag` as tmux sees them. */
  async modes(): Promise<string> {
    return (await this.tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{wrap_flag}")).trim()
  }

  /** The process that the shell runs. */
  async child(): Promise<number> {
    const shell = (await this.tmux("display-message", "-p", "#{pane_pid}")).trim()
    const { stdout } = await run("ps", ["-o", "pid=", "--ppid", shell])
    return Number(stdout.trim().split("\n")[0])
  }

  /** The screen, as soon as it is as wanted. */
  async until(wanted: string | RegExp | ((screen: string) => boolean)): Promise<string> {
    const good =
      typeof wanted === "function"
        ? wanted
        : (screen: string) => (typeof wanted === "string" ? screen.includes(wanted) : wanted.test(screen))
    const deadline = Date.now() + patience
    for (;;) {
      const screen = await this.screen()
      if (good(screen)) return screen
      if (Date.now() > deadline) throw new Error(`waited in vain for ${String(wanted)} on\n${screen}`)
      await new Promise((next) => setTimeout(next, 20))
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The program may still be about to ask the fake server for something: the next test waits until it is gone.
    const program = await this.child().catch(() => Number.NaN)
    await this.tmux("kill-server").catch(() => "")
    const deadline = Date.now() + patience
    while ((await alive(program)) && Date.now() < deadline) await new Promise((next) => setTimeout(next, 20))
  }
}
