import { afterAll, assert, beforeAll, it } from "@effect/vitest"
import { type FakeMixpeek, startFake } from "./FakeMixpeek.ts"
import { lastLine, open, terminals } from "./Opened.ts"
import { entry } from "./Program.ts"
import { Tmux } from "./Tmux.ts"

let fake: FakeMixpeek
beforeAll(async () => void (fake = await startFake()))
afterAll(() => fake.close())

const sizes = [
  [79, 24],
  [80, 23],
  [41, 11],
  [120, 40],
  [60, 15],
  [100, 30],
  [99, 31],
  [20, 5],
  [140, 45],
] as const

/** Back and forth, and at last the usual size. */
const storm = [...sizes, ...sizes.toReversed(), ...sizes, [80, 24] as const]

terminals("surroundings", () => {
  it("draws on CI=1 in a real terminal", async () => {
    await using terminal = await open(fake, ["--demo"], { CI: "1" })
    await terminal.until("100 loaded of 412")
  })

  it("refuses a dumb terminal in one line", async () => {
    await using terminal = await Tmux.start(["env", "TERM=dumb", process.execPath, entry, "--demo"], { columns: 150 })
    const screen = await terminal.until("exit:64")
    assert.match(screen, /NoTerminal: This terminal \(TERM=dumb\) .*\nexit:64/)
  })

  it("uses no colour with NO_COLOR and still shows the cursor row", async () => {
    await using terminal = await open(fake, ["--demo"], { NO_COLOR: "1" })
    assert.include(await terminal.until("100 loaded"), "▸")
    // oxlint-disable-next-line no-control-regex -- colours are what is looked for
    assert.notMatch(await terminal.styled(), /\u001b\[(?:\d+;)*(?:3[0-8]|9[0-7])m/)
  })

  it("draws ASCII only when asked to", async () => {
    await using terminal = await open(fake, ["--demo", "--ascii"])
    const screen = await terminal.until("100 loaded")
    assert.match(screen, /^[\x20-\x7e\n顔検出アラートكلام-مسيء]*$/)
    assert.include(screen, ">*")
  })

  it("shows one execution in a terminal of 20 by 5", async () => {
    await using terminal = await open(fake, ["--demo"], {}, { columns: 20, rows: 5 })
    const screen = await terminal.until("make it 40x10")
    assert.match(screen, /^mixpeek-alerts 20x5\nexec_\w+\n/)
  })

  it("survives a storm of resizes without leftovers", async () => {
    await using terminal = await open(fake, ["--demo"], {}, { columns: 120, rows: 40 })
    await terminal.until("412")
    for (const [columns, rows] of storm) {
      await terminal.resize(columns, rows)
      await terminal.press("j")
    }
    // What is drawn before the size has settled may be for another; what stays is right in every part.
    const parts = [/^mixpeek-alerts.*demo data\n/g, /mixpeek-alerts/g, /q quit\n*$/g, /loaded of/g, /▸/g]
    await terminal.until((text) => {
      const lines = text.trimEnd().split("\n")
      return (
        lines.length === 24 &&
        lines.every((line) => line !== "") &&
        parts.every((part) => text.match(part)?.length === 1)
      )
    })
  })

  it("paints a disturbed screen again on ctrl-l", async () => {
    await using terminal = await open(fake, ["--demo"])
    const before = await terminal.until("100 loaded of 412")
    await terminal.disturb("GARBAGE")
    await terminal.until("GARBAGE")
    await terminal.press("C-l")
    const after = await terminal.until((screen) => !screen.includes("GARBAGE") && lastLine(screen).includes("q quit"))
    assert.strictEqual(after, before)
  })

  it("asks nothing of the network in the demo", async () => {
    const before = fake.requests.length
    await using terminal = await open(fake, ["--demo"])
    await terminal.until("100 loaded of 412")
    await terminal.press("L")
    await terminal.until("200 loaded of 412")
    assert.strictEqual(fake.requests.length, before)
  })
})
