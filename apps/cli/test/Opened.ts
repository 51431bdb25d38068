/** The program in a real terminal against a fake Mixpeek. */
import { assert, describe } from "@effect/vitest"
import { count, type FakeMixpeek, idAt, key } from "./FakeMixpeek.ts"
import { entry } from "./Program.ts"
import { hasTmux, Tmux } from "./Tmux.ts"

/** Without tmux these tests cannot run; on CI that is an error, not a reason to skip. */
export const terminals: (name: string, body: () => void) => void = describe.skipIf(
  !hasTmux && (process.env["CI"] ?? "") === "",
)

export const newest = idAt(count - 1)

/** One that triggered, with two matches. */
export const fired = idAt(count - 8)

export const envFor = (fake: FakeMixpeek, more: Record<string, string> = {}): Record<string, string> => ({
  MIXPEEK_API_KEY: key,
  MIXPEEK_BASE_URL: fake.url,
  ...more,
})

interface Size {
  readonly columns?: number
  readonly rows?: number
}

/** Starts the program. */
export const open = (
  fake: FakeMixpeek,
  args: ReadonlyArray<string>,
  env: Record<string, string> = {},
  size: Size = {},
): Promise<Tmux> => Tmux.start([process.execPath, entry, ...args], { env: envFor(fake, env), ...size })

/** A terminal that nobody has touched: primary screen, cursor on, wrap on. */
export const untouched = "0 1 1"

/** The program ended with this code, and left the terminal as it was. */
export const assertRestored = async (terminal: Tmux, code: number): Promise<void> => {
  const screen = await terminal.until(/exit:\d+/)
  assert.include(screen, `exit:${code}`)
  assert.match(screen, /^before/)
  assert.strictEqual(await terminal.modes(), untouched)
}

export const lastLine = (screen: string): string => screen.trimEnd().split("\n").at(-1) ?? ""
