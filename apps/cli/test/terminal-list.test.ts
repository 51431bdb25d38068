import { afterAll, assert, beforeAll, it } from "@effect/vitest"
import { type FakeMixpeek, idAt, sendJson, startFake } from "./FakeMixpeek.ts"
import { assertRestored, envFor, newest, open, terminals } from "./Opened.ts"
import { entry } from "./Program.ts"
import { Tmux } from "./Tmux.ts"

let fake: FakeMixpeek
beforeAll(async () => void (fake = await startFake()))
afterAll(() => fake.close())

terminals("the list", () => {
  it("counts every key of one write", async () => {
    await using terminal = await open(fake, [])
    const first = await terminal.until(`${newest}`)
    const rows = first.split("\n").filter((line) => /[●○]/.test(line))
    await terminal.type("jjjk")
    const screen = await terminal.until((text) => text.includes(`▸${rows[2]?.slice(1, 30)}`))
    assert.include(screen, "▸")
  })

  it("loads the next page with L, one request at a time", async () => {
    await using terminal = await open(fake, [])
    await terminal.until("100 loaded of 250")
    const before = fake.requests.length
    await terminal.press("L")
    await terminal.until("200 loaded of 250")
    assert.strictEqual(fake.requests.length, before + 1)
  })

  it("filters while typing, keeps the selection, and shows what is wrong with a filter", async () => {
    await using terminal = await open(fake, [])
    await terminal.until("100 loaded")
    await terminal.press("/")
    await terminal.type("triggered:yes")
    await terminal.until(/\d+ of 100 loaded/)
    await terminal.press("Enter")
    await terminal.until("/ triggered:yes")
    await terminal.press("Escape")
    await terminal.until((screen) => !screen.includes("triggered:yes"))
    await terminal.press("/")
    await terminal.type("triggered:maybe")
    await terminal.until('"maybe" is neither yes nor no')
  })

  it("opens a pasted URL and goes back with esc", async () => {
    await using terminal = await open(fake, [])
    await terminal.until("100 loaded")
    await terminal.paste(`https://app.mixpeek.com/executions/${idAt(3)}`)
    await terminal.until("open https://")
    await terminal.press("Enter")
    await terminal.until(`executions › ${idAt(3)}`)
    await terminal.press("Escape")
    await terminal.until("100 loaded")
  })

  it("runs what the help lists", async () => {
    await using terminal = await open(fake, [])
    await terminal.until("100 loaded")
    await terminal.press("?")
    await terminal.until("half a page down")
    await terminal.type("triggered")
    await terminal.until((screen) => !screen.includes("half a page down"))
    await terminal.press("Enter")
    await terminal.until("x triggered only")
  })

  it("keeps the old rows when a refresh fails, and shows the details of the error", async () => {
    await using terminal = await open(fake, ["--timeout", "2"])
    await terminal.until("100 loaded")
    fake.script = (_, response) =>
      sendJson(response, 503, '{"success":false,"status":503,"error":{"message":"inference is down"}}')
    await terminal.press("r")
    const screen = await terminal.until("What you see is older.")
    assert.include(screen, newest)
    await terminal.press("!")
    await terminal.until(/1\. 503 ServerFault +req_fake_1/)
    await terminal.press("Escape")
    fake.script = null
    await terminal.press("r")
    await terminal.until((text) => text.includes("100 loaded") && !text.includes("older"))
  })

  it("goes through the alerts, the trends and a comparison and back, asking for what costs a request only", async () => {
    await using terminal = await open(fake, ["--demo"])
    await terminal.until("100 loaded")
    await terminal.press("Space", "j", "c")
    await terminal.until("also differs")
    await terminal.press("Escape")
    await terminal.until("1 marked, c compares")
    await terminal.press("t")
    await terminal.until("26 of 99")
    await terminal.press("Enter")
    await terminal.until("esc back to the trends")
    await terminal.press("Escape", "a")
    await terminal.until("weapon-detection")
    await terminal.press("L", "o")
    await terminal.until((screen) => screen.includes("brand-logo") && !screen.includes("asking"))
    await terminal.press("j", "Enter")
    await terminal.until("executions of alt_weapon_det")
    await terminal.press("Escape")
    await terminal.until("6 alerts")
  })

  it("counts down a rate limit and tries again by itself", async () => {
    fake.script = (_, response) =>
      sendJson(
        response,
        429,
        '{"success":false,"status":429,"error":{"message":"slow","type":"TooManyRequestsError"}}',
        { "retry-after": "2" },
      )
    await using terminal = await open(fake, ["--timeout", "1"])
    await terminal.until(/rate limited, again in 0:0\d/)
    fake.script = null
    await terminal.until("100 loaded of 250")
  })

  it("says that there are no executions", async () => {
    fake.script = (_, response) =>
      sendJson(response, 200, '{"results":[],"pagination":{"next_cursor":null},"total_count":0}')
    await using terminal = await open(fake, [])
    await terminal.until("There are no executions yet.")
    fake.script = null
  })

  it("offers the demo when there is no key", async () => {
    await using terminal = await open(fake, [], { MIXPEEK_API_KEY: "" })
    await terminal.until("No API key was found.")
    await terminal.press("Enter")
    await terminal.until("100 loaded of 412")
    await terminal.press("q")
    await assertRestored(terminal, 0)
  })

  it("ends with 77 when the first run is left without a key", async () => {
    await using terminal = await open(fake, [], { MIXPEEK_API_KEY: "" })
    await terminal.until("No API key was found.")
    await terminal.press("q")
    await assertRestored(terminal, 77)
  })

  it("copies through tmux's own clipboard", async () => {
    await using terminal = await Tmux.start(["sh", "-c", `TMUX="$OUTER" "${process.execPath}" "${entry}"`], {
      env: envFor(fake, { OUTER: "x" }),
    })
    await terminal.until("100 loaded")
    await terminal.press("y", "i")
    await terminal.until(/Copied execution ID/)
  })
})
