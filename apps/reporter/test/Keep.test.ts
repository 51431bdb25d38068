import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { exportFrom, newest } from "./Nights.ts"
import { type Scratch, scratch } from "./Reporter.ts"

const records = newest(30)

const export_ = (folder: Scratch, name: string, more: ReadonlyArray<string> = []) =>
  exportFrom(records, ["--all", "--out", folder.in("runs", name), ...more])

/** Makes a run look as if it had finished so many days ago. */
const age = (folder: Scratch, name: string, days: number): void => {
  const path = folder.in("runs", name, "datapackage.json")
  const finishedAt = new Date(Date.now() - days * 86_400_000).toISOString()
  writeFileSync(path, readFileSync(path, "utf8").replace(/"finishedAt": "[^"]*"/, `"finishedAt": "${finishedAt}"`))
}

const names = (folder: Scratch) => readdirSync(folder.in("runs")).toSorted()

describe("--keep", () => {
  it("removes the oldest runs after the new one is published, by when they finished", async () => {
    using folder = scratch()
    for (const [name, days] of [
      ["a", 1],
      ["b", 4],
      ["c", 3],
      ["d", 2],
    ] as const) {
      await export_(folder, name)
      age(folder, name, days)
    }
    const next = await export_(folder, "e", ["--keep", "3"])
    expect(next.said).toContain("Removed 2 old runs (--keep).")
    expect(names(folder)).toEqual(["a", "d", "e"])
    await export_(folder, "f", ["--keep", "36h"])
    expect(names(folder)).toEqual(["a", "e", "f"])
  })

  it("removes nothing that is not exactly a run of this query", async () => {
    using folder = scratch()
    await export_(folder, "old")
    const old = folder.in("runs", "old")
    for (const name of ["noted", "edited", "linked", "going.partial", ".hidden", "gone"]) {
      cpSync(old, folder.in("runs", name), { recursive: true })
    }
    writeFileSync(folder.in("runs", "noted", "NOTES.md"), "mine")
    writeFileSync(folder.in("runs", "edited", "datapackage.json"), '{"name": "of another program"}')
    symlinkSync("linked", folder.in("runs", "latest"))
    symlinkSync("../elsewhere", folder.in("runs", "away"))
    cpSync(old, folder.in("elsewhere"), { recursive: true })
    mkdirSync(folder.in("runs", "empty"))
    writeFileSync(folder.in("runs", "a.txt"), "mine")
    writeFileSync(folder.in("runs", "gone", "report.html"), "<!doctype html>")
    await export_(folder, "other", ["--triggered"])
    const before = names(folder)
    expect((await export_(folder, "new", ["--keep", "1"])).code).toBe(0)
    expect(names(folder)).toEqual([...before, "new"].filter((name) => name !== "old" && name !== "gone").toSorted())
    expect(existsSync(folder.in("elsewhere", "datapackage.json"))).toBe(true)
  })

  it("finishes what a process left that died while it removed a run", async () => {
    using folder = scratch()
    await export_(folder, "old")
    cpSync(folder.in("runs", "old"), folder.in("runs", ".older.removed"), { recursive: true })
    await export_(folder, "new", ["--keep", "5"])
    expect(names(folder)).toEqual(["new", "old"])
  })

  it("removes nothing when nothing was published", async () => {
    using folder = scratch()
    await export_(folder, "old")
    const empty = await export_(folder, "new", ["--keep", "1", "--fail-on-empty", "--collection", "none"])
    expect(empty.code).toBe(82)
    expect(names(folder)).toEqual(["old"])
  })

  it.for(["0", "-1", "x", "1.5", "0d"])("is refused as %s", async (keep) => {
    using folder = scratch()
    const refused = await export_(folder, "new", [`--keep=${keep}`])
    expect(refused.said).toContain(`--keep ${keep} is neither a number of runs nor a length of time.`)
    expect(refused.code).toBe(64)
  })

  it("is refused for one file", async () => {
    using folder = scratch()
    const refused = await exportFrom(records, ["--all", "-o", folder.in("a.csv"), "--keep", "3"])
    expect(refused.code).toBe(64)
  })
})
