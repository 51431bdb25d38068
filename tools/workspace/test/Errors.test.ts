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

  const evidence = (text: string) =>
    found === undefined ? [] : evidenceFor(found, expectationsIn("apps/reporter/test/New.test.ts", text), [found])

  it("takes a test for evidence that expects the whole sentence, with anything in its gaps", () => {
    for (const test of [
      'it("is shown", () => expect(x).toContain("The door is taken."))',
      'it("is shown", () => expect(x).toMatch(/^error: The \\w+ is taken\\.$/))',
      'it("is shown", () => expect(x).toBe(`The ${door} is taken.`))',
      'it("is shown", () => expect(x).toEqual({ message: "The door is taken." }))',
      'it.each([["The door is taken."]])("is shown", (says) => expect(x).toContain(says))',
    ]) {
      assert.deepStrictEqual(evidence(test), ["apps/reporter/test/New.test.ts: is shown"], test)
    }
  })

  it("takes neither a part of the sentence nor another one for evidence", () => {
    for (const nothing of [
      'it("x", () => expect(x).toContain("is taken."))',
      'it("x", () => expect(x).toContain("The door is taken"))',
      'it("x", () => expect(x).toContain("The door is free."))',
      'it("x", () => expect(x).toContain("It is taken by somebody."))',
      'it("x", () => expect(x).toContain("is taken. The"))',
      'it("x", () => expect(x).toMatch(/taken/))',
      'it("x", () => expect(x).toMatch(/.+/))',
      'it("x", () => expect(x).toMatch(/^The \\w+.*\\.$/))',
      'it("x", () => expect([x, y]).toEqual(["The door", " is taken."]))',
    ]) {
      assert.deepStrictEqual(evidence(nothing), [], nothing)
    }
  })

  it("takes for no evidence what a test is called, what it denies, and what no test expects", () => {
    for (const nothing of [
      'it("The door is taken.", () => expect(x).toBe(64))',
      "it.live(`The ${door} is taken.`, () => expect(x).toBe(64))",
      'it.each([1, 2])("The door %s is taken.", (one) => expect(x).toBe(one))',
      'it.each([{ name: "The door is taken.", code: 64 }])("x: $name", ({ code }) => expect(x).toBe(code))',
      'it("x", () => expect(x).not.toContain("The door is taken."))',
      'it("x", () => assert.notInclude(x, "The door is taken."))',
      'it("x", () => expect(x).toBe("Locked"))',
      'const text = "The door is taken."',
    ]) {
      assert.deepStrictEqual(evidence(nothing), [], nothing)
    }
  })

  it("takes a program's test for evidence of its own errors, and of those of a library that only the library has", () => {
    const own = (project: string) => (found === undefined ? [] : [{ ...found, project }])
    const tests = expectationsIn("apps/cli/test/New.test.ts", 'it("x", () => expect(x).toBe("The door is taken."))')
    const shown = (project: string, ...others: ReadonlyArray<string>) =>
      own(project).flatMap((error) => evidenceFor(error, tests, [error, ...others.flatMap(own)]))
    assert.lengthOf(shown("apps/cli"), 1)
    assert.lengthOf(shown("apps/reporter"), 0)
    assert.lengthOf(shown("libs/client", "apps/reporter"), 1)
    assert.lengthOf(shown("libs/client", "apps/cli"), 0)
  })
})
