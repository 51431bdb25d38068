import { afterAll, assert, beforeAll, it } from "@effect/vitest"
import { type FakeMixpeek, startFake } from "./FakeMixpeek.ts"
import { assertRestored, envFor, lastLine, newest, open, terminals, untouched } from "./Opened.ts"
import { entry, fixture } from "./Program.ts"
import { Tmux } from "./Tmux.ts"

let fake: FakeMixpeek
beforeAll(async () => void (fake = await startFake()))
afterAll(() => fake.close())

terminals("the end", () => {
  it("comes with 130 for ctrl-c and leaves nothing behind", async () => {
    await using terminal = await open(fake, [newest])
    await terminal.until("[1 Matches")
    await terminal.press("C-c")
    await assertRestored(terminal, 130)
  })

  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGQUIT", 131],
  ] as const) {
    it(`comes in order with ${signal}`, async () => {
      await using terminal = await open(fake, [newest])
      await terminal.until("[1 Matches")
      process.kill(await terminal.child(), signal)
      await assertRestored(terminal, code)
    })
  }

  it("comes in order while the server keeps it waiting", async () => {
    fake.script = () => true
    await using terminal = await open(fake, [newest])
    await terminal.until("loading")
    await terminal.press("q")
    await assertRestored(terminal, 0)
    fake.script = null
  })

  for (const [where, press] of [
    ["render", "r"],
    ["key", "y"],
    ["command", "r"],
  ] as const) {
    it(`restores the terminal and tells the bug when a ${where} throws`, async () => {
      await using terminal = await Tmux.start([process.execPath, fixture, where], { env: envFor(fake), columns: 120 })
      await terminal.until("100 loaded of 412")
      await terminal.press(press)
      const screen = await terminal.until("exit:")
      assert.include(screen, "Bug: mixpeek-alerts failed in a way it should not. Please report this:")
      assert.include(screen, `thrown by the ${where}`)
      await assertRestored(terminal, 70)
    })
  }

  it("gives the terminal to the shell on ctrl-z and takes it back", async () => {
    await using terminal = await Tmux.start(["bash", "--norc", "--noprofile", "-i"], {
      env: envFor(fake, { PS1: "shell> " }),
    })
    await terminal.until("shell>")
    await terminal.type(`${process.execPath} ${entry} ${newest}\n`)
    await terminal.until("[1 Matches")
    await terminal.press("C-z")
    await terminal.until("Stopped")
    assert.strictEqual(await terminal.modes(), untouched)
    await terminal.type("fg\n")
    const back = await terminal.until("[1 Matches")
    assert.notInclude(back, "shell>")
    await terminal.press("q")
    await terminal.until((screen) => lastLine(screen).startsWith("shell>"))
    assert.strictEqual(await terminal.modes(), untouched)
  })
})
