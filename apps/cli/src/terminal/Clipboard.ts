/**
 * Puts text on the clipboard, near or far: tmux's own way first (it drops what
 * programs send by default), then the terminal over SSH, then the desktop's tool.
 */
import { Effect } from "effect"
import { spawn } from "node:child_process"

/** Terminals cut or drop longer sequences. */
const longestSequence = 74_994

const feed = (command: string, args: ReadonlyArray<string>, text: string): Effect.Effect<boolean> =>
  Effect.callback<boolean>((resume) => {
    const child = spawn(command, args, { stdio: ["pipe", "ignore", "ignore"] })
    child.once("error", () => resume(Effect.succeed(false)))
    child.once("exit", (code) => resume(Effect.succeed(code === 0)))
    child.stdin.once("error", () => {})
    child.stdin.end(text)
    return Effect.sync(() => child.kill())
  })

const sequence = (text: string): Effect.Effect<boolean> =>
  Effect.sync(() => {
    const encoded = Buffer.from(text, "utf8").toString("base64")
    if (encoded.length > longestSequence || process.stdout.isTTY !== true) return false
    process.stdout.write(`\u001b]52;c;${encoded}\u0007`)
    return true
  })

type Way = readonly [route: string, attempt: (text: string) => Effect.Effect<boolean>]

const tool =
  (command: string, ...args: ReadonlyArray<string>) =>
  (text: string) =>
    feed(command, args, text)

const ways = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform): ReadonlyArray<Way> => [
  ...(env["TMUX"] === undefined ? [] : [["tmux", tool("tmux", "load-buffer", "-w", "-")] as const]),
  ...(env["SSH_TTY"] === undefined ? [] : [["terminal, OSC 52", sequence] as const]),
  ...(platform === "darwin" ? [["clipboard", tool("pbcopy")] as const] : []),
  ...(platform === "win32" ? [["clipboard", tool("clip.exe")] as const] : []),
  ...(env["WAYLAND_DISPLAY"] === undefined ? [] : [["clipboard", tool("wl-copy")] as const]),
  ...(env["DISPLAY"] === undefined ? [] : [["clipboard", tool("xclip", "-selection", "clipboard")] as const]),
  ["terminal, OSC 52", sequence],
]

/** The way that worked; `null` when none did. */
export const copy = Effect.fnUntraced(function* (text: string) {
  for (const [route, attempt] of ways(process.env, process.platform)) {
    const done = yield* attempt(text).pipe(
      Effect.timeoutOrElse({ duration: 2000, orElse: () => Effect.succeed(false) }),
    )
    if (done) return route
  }
  return null
})
