/** What each task is made of, as Nx plans it: what does not change it, and what does. */
import { matchesGlob } from "node:path"
import { assert, beforeAll, describe, it } from "vitest"
import { step } from "../src/Step.ts"

interface Planned {
  readonly taskPlans: Readonly<Record<string, ReadonlyArray<string>>>
}

/** Whether a set of files has one. It is written as NAME:PATTERN,PATTERN,!PATTERN. */
const has = (fileset: string, path: string): boolean => {
  const patterns = fileset.slice(fileset.indexOf(":", fileset.indexOf("/")) + 1).split(",")
  const [without, within] = [true, false].map((negative) =>
    patterns.filter((pattern) => pattern.startsWith("!") === negative),
  )
  const matches = (pattern: string): boolean => matchesGlob(path, pattern.replace(/^!/, ""))
  return (within ?? []).some(matches) && !(without ?? []).some(matches)
}

describe("the task graph", () => {
  let plans: Planned["taskPlans"] = {}

  beforeAll(() => {
    const shown = step("nx", ["run-many", "-t", "build", "typecheck", "lint", "test", "--graph=stdout"], true)
    assert.isTrue(shown.ok, shown.output)
    plans = (JSON.parse(shown.output) as Planned).taskPlans
  })

  const changedBy = (path: string): Array<string> =>
    Object.keys(plans)
      .filter((task) => plans[task]?.some((part) => has(part, path)))
      .map((task) => task.replace("@mixpeek-alerts/", ""))
      .toSorted()

  it("has nothing but its own test to run again after a change in a README", () => {
    assert.deepStrictEqual(changedBy("README.md"), [])
    assert.deepStrictEqual(changedBy("libs/domain/README.md"), ["domain:test"])
    assert.deepStrictEqual(changedBy("apps/cli/README.md"), ["cli:test"])
  })

  it("builds no program again after a change in a test", () => {
    assert.deepStrictEqual(changedBy("libs/domain/test/Fixtures.ts"), [
      "domain:lint",
      "domain:test",
      "domain:typecheck",
    ])
  })

  it("builds, checks and tests everything above the domain after a change in it", () => {
    const changed = changedBy("libs/domain/src/Match.ts")
    for (const name of ["cli", "reporter"]) {
      assert.includeMembers(changed, [`${name}:build`, `${name}:lint`, `${name}:test`])
    }
    assert.includeMembers(changed, ["client:lint", "client:test", "sandbox:lint", "sandbox:test"])
    // The client is compiled against the declarations that the domain's build writes.
    assert.include(plans["@mixpeek-alerts/client:build"]?.join("\n"), "libs/domain/dist/")
  })

  it("leaves the domain alone after a change above it", () => {
    assert.deepStrictEqual(
      changedBy("apps/cli/src/main.ts").filter((task) => !task.startsWith("cli:")),
      [],
    )
  })
})
