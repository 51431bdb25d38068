import { afterAll, assert, beforeAll, it } from "@effect/vitest"
import { count, type FakeMixpeek, sample, sendJson, startFake } from "./FakeMixpeek.ts"
import { assertRestored, fired, lastLine, open, terminals, untouched } from "./Opened.ts"

let fake: FakeMixpeek
beforeAll(async () => void (fake = await startFake()))
afterAll(() => fake.close())

terminals("one execution", () => {
  it("opens from an ID in the alternate screen, and q gives the terminal back", async () => {
    await using terminal = await open(fake, [fired])
    const screen = await terminal.until("[1 Matches")
    assert.include(screen, fired)
    assert.include(screen, "TRIGGERED")
    assert.notInclude(screen, "before")
    assert.strictEqual((await terminal.modes()).slice(0, 3), "1 0")
    await terminal.press("q")
    await assertRestored(terminal, 0)
  })

  it("opens from a URL", async () => {
    await using terminal = await open(fake, [`https://app.mixpeek.com/executions/${fired}`])
    await terminal.until("[1 Matches")
  })

  it("shows matches, the JSON tree, the sources and the raw text in their tabs", async () => {
    await using terminal = await open(fake, [fired])
    await terminal.until("matched_features")
    await terminal.press("2")
    assert.include(await terminal.until("[2 JSON]"), `"${fired}"`)
    await terminal.press("3")
    await terminal.until("[3 Sources")
    await terminal.press("5")
    assert.include(await terminal.until("[5 Raw]"), `"execution_id": "${fired}"`)
  })

  it("shows what went wrong with an unknown ID, and stays open", async () => {
    await using terminal = await open(fake, ["exec_unknown_1"])
    const screen = await terminal.until("! NotFound")
    assert.include(screen, "Mixpeek does not know execution exec_unknown_1.")
    assert.include(screen, "req_fake_1")
    await terminal.press("q")
    await assertRestored(terminal, 0)
  })

  it("lends the terminal to the editor and the pager, which get the keys and ctrl-c, and takes it back", async () => {
    const editor = `sh -c 'head -c 24 "$0"; stat -c " mode %a" "$0"; read line; echo "read $line" > "$0"'`
    await using terminal = await open(fake, [fired], { VISUAL: editor, PAGER: "less" })
    await terminal.until("[1 Matches")
    await terminal.press("e")
    assert.include(await terminal.until("mode 600"), `{\n  "execution_id": "`)
    assert.strictEqual(await terminal.modes(), untouched)
    await terminal.type("q\n")
    await terminal.until("[1 Matches")
    await terminal.press("P")
    const paged = await terminal.until(/\n:\s*$/)
    assert.include(paged, `"execution_id": "${fired}"`)
    // Apart: what is typed behind ctrl-c in one go is thrown away by the kernel.
    await terminal.press("C-c")
    await terminal.press("G")
    await terminal.until("(END)")
    await terminal.press("q")
    await terminal.until("[1 Matches")
    await terminal.press("q")
    await assertRestored(terminal, 0)
  })

  it("shows hostile metadata without obeying it", async () => {
    fake.script = (_, response) =>
      sendJson(
        response,
        200,
        JSON.stringify({
          ...JSON.parse(sample.json(count - 8)),
          matches: [
            {
              document_id: "doc_\u001b[2J\u001b[31mred",
              score: 0.5,
              metadata: {
                title:
                  "\u001b]0;owned\u0007\u001b]8;;http://evil.invalid\u0007link\u001b]8;;\u0007 \u009b31m \u202egnirts",
                family: "👨‍👩‍👧‍👦 👍🏽 ☁️ 1️⃣",
                __proto__x: "a\nb\tc",
              },
            },
          ],
        }),
      )
    await using terminal = await open(fake, [fired])
    const screen = await terminal.until("metadata")
    fake.script = null
    assert.include(screen, "doc_red")
    assert.include(screen, '"link  31m gnirts"'.replace(" 31m", ""))
    assert.include(screen, '"a b c"')
    assert.match(screen, /^mixpeek-alerts/)
    assert.include(lastLine(screen), "q quit")
  })
})
