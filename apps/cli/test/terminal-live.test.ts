/** Live mode, the pages of an earlier run and linear mode in a real terminal: what a frame cannot show. */
import { afterAll, assert, beforeAll, it } from "@effect/vitest"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type FakeMixpeek, sendJson, startFake } from "./FakeMixpeek.ts"
import { assertRestored, newest, open, terminals } from "./Opened.ts"
import { entry } from "./Program.ts"
import { Tmux } from "./Tmux.ts"

let fake: FakeMixpeek
beforeAll(async () => void (fake = await startFake()))
afterAll(() => fake.close())

terminals("live mode in a terminal", () => {
  it("looks again and again, slower without the focus, and stops with w", async () => {
    await using terminal = await open(fake, ["--live", "--interval", "200ms", "--rpm", "600"])
    await terminal.until(/live 0\.2s/)
    const before = fake.requests.length
    await terminal.until(() => fake.requests.length >= before + 3)
    assert.match(fake.requests.at(-1) ?? "", /limit=(?!100&)\d+&/)
    await terminal.type("\u001b[O")
    await terminal.until(/live 0\.8s/)
    await terminal.type("\u001b[I")
    const screen = await terminal.until(/live 0\.2s/)
    assert.notMatch(screen, /\[[IO]/)
    await terminal.press("w")
    await terminal.until(/live off/)
    await terminal.press("q")
    await assertRestored(terminal, 0)
  })

  it("shows the pages of an earlier run at once, also when Mixpeek cannot be reached, and not when told so", async () => {
    const env = { HOME: mkdtempSync(join(tmpdir(), "mixpeek-alerts-home-")) }
    {
      await using terminal = await open(fake, [], env)
      await terminal.until("100 loaded of 250")
      await terminal.press("q")
      await assertRestored(terminal, 0)
    }
    fake.script = (_, response) => sendJson(response, 503, '{"success":false,"status":503,"error":{"message":"down"}}')
    {
      await using terminal = await open(fake, ["--timeout", "1"], env)
      assert.include(await terminal.until(/What you see was saved \d+ s ago/), newest)
    }
    await using terminal = await open(fake, ["--timeout", "1", "--no-cache"], env)
    assert.notInclude(await terminal.until("ServerFault"), newest)
    fake.script = null
  })

  it("talks in lines on a terminal that can do nothing else, and ends live with enter", async () => {
    const command = ["env", "TERM=dumb", process.execPath, entry, "--demo", "--linear"]
    await using terminal = await Tmux.start(command, { columns: 120, rows: 50 })
    await terminal.until(/^Command:$/m)
    await terminal.type("open 1")
    await terminal.press("Enter")
    await terminal.until("Execution exec_f1b33e53: triggered.")
    await terminal.type("live")
    await terminal.press("Enter")
    await terminal.until("enter ends it")
    await terminal.type("quit")
    await terminal.press("Enter")
    const screen = await terminal.until("Live is off; 0 new executions.")
    assert.match(screen, /^before\nmixpeek-alerts, linear mode/)
    await assertRestored(terminal, 0)
  })
})
