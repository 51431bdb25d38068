/** `docs/security.md` names a test for every threat, and each is there. */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { workspaceRoot } from "../src/Step.ts"

const rows = readFileSync(join(workspaceRoot, "docs/security.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("|") && !/^\|[-|\s]+\|$|^\| threat/.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )

describe("the threats", () => {
  it("are in rows of a threat, a guard and a test", () => {
    assert.isAbove(rows.length, 30)
    for (const row of rows) assert.lengthOf(row, 3, row.join("|"))
  })

  it.each(rows.map((row) => [row[2] ?? ""]))("have their test: %s", (cell) => {
    const [, file = "", title = ""] = /^`([^`]+)`: (.+)$/.exec(cell) ?? []
    assert.isTrue(existsSync(join(workspaceRoot, file)), `${cell}: there is no such file`)
    assert.include(readFileSync(join(workspaceRoot, file), "utf8"), title)
  })
})
