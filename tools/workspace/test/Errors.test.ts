/** `docs/errors.md` is what the source says, and every error in it is triggered by a test. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { errorPage, page, shownErrors } from "../src/errors/ErrorPage.ts"
import { evidenceFor, expectationsIn } from "../src/errors/Evidence.ts"
import { errorsIn } from "../src/errors/FoundError.ts"
import { workspaceRoot } from "../src/Step.ts"

const errors = shownErrors()

describe("the errors that people can meet", () => {
  it("are all in docs/errors.md: `npm run errors` writes it", () => {
    assert.isAbove(errors.length, 120)
    assert.strictEqual(readFileSync(join(workspaceRoot, page), "utf8"), errorPage(errors))
  })

  it("say what to do, but for those where nothing can be done", () => {
    const speechless = errors.filter(({ hints }) => hints.length === 0)
    assert.isBelow(speechless.length, 20, speechless.map(({ message }) => message.shown).join("\n"))
  })

  it.each(errors.map((error) => [error.message.shown, error] as const))("are triggered by a test: %s", (_, error) => {
    assert.isNotEmpty(error.shownBy, `No test of ${error.project} expects these words. ${error.file}`)
  })
})

describe("the reader of errors", () => {
  const file = "apps/reporter/src/New.ts"
  const [found] = errorsIn(file, 'const hint = "Try again."\nfail("Locked", `The ${thing} is taken.`, hint)', {
    Locked: "locked",
  })

  it("finds a sentence with its gaps, its hint, its tag and its code", () => {
    assert.deepStrictEqual(
      [found?.message.shown, found?.hints.map(({ shown }) => shown), found?.tag, found?.code],
      ["The {thing} is taken.", ["Try again."], "Locked", "locked"],
    )
  })

  it("finds a sentence that begins with the name of a command, over several lines", () => {
    const shown = (text: string) => errorsIn(file, text, {}).map(({ message }) => message.shown)
    const call = 'fail(\n  "Usage",\n  "retry takes no IDs.",\n  "Leave out all IDs.",\n)'
    assert.deepStrictEqual(shown(call), ["retry takes no IDs."])
    assert.deepStrictEqual(shown('span("live {every}", `every ${gap}`, "dim text")'), [])
  })

  it("takes nothing for evidence but a test that expects the words", () => {
    const expectations = (text: string) => expectationsIn("apps/reporter/test/New.test.ts", text)
    const known = errorsIn(file, 'fail("Locked", "It is taken by somebody.", "Wait.")', { Locked: "locked" })
    const evidence = (text: string) =>
      found === undefined ? [] : evidenceFor(found, expectations(text), [found, ...known])
    assert.deepStrictEqual(evidence('it("is shown", () => expect(x).toContain("The door is taken."))'), [
      "apps/reporter/test/New.test.ts: is shown",
    ])
    assert.lengthOf(evidence('it("is shown", () => expect(x).toMatch(/^error: The \\w+ is taken\\.$/))'), 1)
    assert.lengthOf(evidence('it("is shown", () => expect(x).toBe(`The ${door} is taken.`))'), 1)
    assert.lengthOf(evidence('it.each([["is taken."]])("is shown: %s", (says) => expect(x).toContain(says))'), 1)
    for (const nothing of [
      'it("x", () => expect(x).toContain("is free."))',
      'const text = "is taken."',
      'it("x", () => expect(x).toMatch(/taken/))',
      'it("x", () => expect(x).toMatch(/.+/))',
      'it("x", () => expect(x).toMatch(/^The \\w+.*\\.$/))',
      'it("x", () => expect(x).toContain("It is taken by somebody."))',
    ]) {
      assert.deepStrictEqual(evidence(nothing), [], nothing)
    }
  })
})
