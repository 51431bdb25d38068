import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { forget } from "../src/StateActions.ts"
import { brokenAt, exportFrom, newest, night, stateOf } from "./Nights.ts"
import { type Scratch, scratch } from "./Reporter.ts"
import { keysBeneath, wrongKeys } from "./RunKeys.ts"

const phase = (folder: Scratch): unknown => {
  const database = new DatabaseSync(stateOf(folder))
  const row = database.prepare("SELECT phase FROM run ORDER BY number DESC LIMIT 1").get()
  database.close()
  return row?.["phase"]
}

/** Exports, and turns the state back to the moment before the run was published. */
const dieBeforeCommit = async (folder: Scratch, name: string, executions: number): Promise<void> => {
  await night(folder, name, newest(executions))
  const database = new DatabaseSync(stateOf(folder))
  database.exec(`UPDATE run SET phase = 'ready', published_at = NULL, outcome = '{"lists":[],"doubt":null}'
    WHERE number = (SELECT max(number) FROM run)`)
  database.close()
}

/** Another query of the same executions: an unfinished run of it is not gone on with. */
const otherwise = ["--plan", "walk"]

const wrong = (folder: Scratch, executions: number) => wrongKeys(keysBeneath(folder.in("runs")), executions)

describe("a run that died between its name and its state", () => {
  it("counts as published for the next run, since it has its name", async () => {
    using folder = scratch()
    await dieBeforeCommit(folder, "1", 300)
    const next = await night(folder, "2", newest(320))
    expect(next.said).toContain("20 new and 300 known")
    expect(wrong(folder, 320)).toEqual([])
  })

  it("is said to be published by the same command, which asks the server for nothing", async () => {
    using folder = scratch()
    await dieBeforeCommit(folder, "1", 300)
    const again = await night(folder, "1", newest(320))
    expect([again.code, again.requests, again.published?.tally.executions]).toEqual([0, 0, 300])
    expect(phase(folder)).toBe("published")
    expect((await night(folder, "1", newest(320))).code).toBe(73)
  })

  it("gets its name by the same command when it was whole and had none", async () => {
    using folder = scratch()
    await dieBeforeCommit(folder, "1", 300)
    renameSync(folder.in("runs", "1"), folder.in("runs", "1.partial"))
    const again = await night(folder, "1", newest(320))
    expect([again.code, again.requests, phase(folder)]).toEqual([0, 0, "published"])
    await night(folder, "2", newest(320))
    expect(wrong(folder, 320)).toEqual([])
  })

  it("gets the name that the next command wants, when it was whole and had none", async () => {
    using folder = scratch()
    await dieBeforeCommit(folder, "1", 300)
    renameSync(folder.in("runs", "1"), folder.in("runs", "1.partial"))
    const next = await night(folder, "2", newest(320))
    expect(next.said).toMatch(/Going on here with the unfinished run of .*runs\/1\./)
    expect([next.requests, next.published?.tally.executions]).toEqual([0, 300])
    await night(folder, "3", newest(320))
    expect(wrong(folder, 320)).toEqual([])
  })

  it("never gets its name once a later run has exported the same", async () => {
    using folder = scratch()
    await dieBeforeCommit(folder, "1", 300)
    renameSync(folder.in("runs", "1"), folder.in("runs", "1.partial"))
    await night(folder, "2", newest(320), otherwise)
    expect(wrong(folder, 320)).toEqual([])
    const again = await night(folder, "1", newest(330))
    expect(again.said).toContain("A later run with this state has overtaken the unfinished run there; starting over.")
    expect(again.published?.tally.executions).toBe(10)
    expect(wrong(folder, 330)).toEqual([])
  })

  it("is exported again when neither its name nor its parts are there", async () => {
    using folder = scratch()
    await dieBeforeCommit(folder, "1", 300)
    rmSync(folder.in("runs", "1"), { recursive: true })
    await night(folder, "2", newest(300))
    expect(wrong(folder, 300)).toEqual([])
  })
})

describe("an unfinished run", () => {
  it("goes on without --out where it is, and writes what an unbroken one would have", async () => {
    using folder = scratch()
    await night(folder, "1", newest(300))
    const died = await night(folder, "2", newest(800), [], { pages: 2 })
    expect([died.code, existsSync(folder.in("runs", "2.partial"))]).toEqual([77, true])
    const args = ["--all", "--page-size", "100", "--state", stateOf(folder)]
    const again = await exportFrom(newest(800), args)
    expect(again.said).toContain("Going on with the run begun at")
    expect([again.code, again.published?.path]).toEqual([0, folder.in("runs", "2")])
    expect(again.said).toContain("500 new and 300 known from earlier runs are all 800")
    expect((await night(folder, "3", newest(810))).said).toContain("the walk ends at what is known")
    expect(wrong(folder, 810)).toEqual([])
  })

  it("goes on under another --out, so that names with a date come to an end too", async () => {
    using folder = scratch()
    await night(folder, "1", newest(300))
    await night(folder, "2", newest(800), [], { pages: 3 })
    const next = await night(folder, "3", newest(820))
    expect(next.said).toMatch(/Going on here with the unfinished run of .*runs\/2\./)
    expect(next.published?.tally.executions).toBe(500)
    expect(readdirSync(folder.in("runs")).toSorted()).toEqual(["1", "3"])
    expect((await night(folder, "4", newest(820))).published?.tally.executions).toBe(20)
    expect(wrong(folder, 820)).toEqual([])
  })

  it("with more failures than allowed does not go on under another --out: a new one may have fewer", async () => {
    using folder = scratch()
    const broken = newest(300).with(10, brokenAt(289))
    expect((await night(folder, "1", broken, ["--strict"])).code).toBe(65)
    expect((await night(folder, "2", newest(300), ["--strict"])).code).toBe(0)
    expect(wrong(folder, 300)).toEqual([])
  })

  it("is overtaken by a run of another query, and starts over when its turn comes", async () => {
    using folder = scratch()
    await night(folder, "1", newest(300))
    await night(folder, "2", newest(800), [], { pages: 3 })
    expect((await night(folder, "3", newest(800), otherwise)).published?.tally.executions).toBe(500)
    const late = await night(folder, "2", newest(820))
    expect(late.said).toContain("overtaken")
    expect(late.published?.tally.executions).toBe(20)
    expect(wrong(folder, 820)).toEqual([])
  })

  it.for(["unfinished", "whole"])(
    "that was overtaken while %s does not go on in the place of another unfinished one",
    async (how) => {
      using folder = scratch()
      await night(folder, "1", newest(300))
      if (how === "whole") {
        await dieBeforeCommit(folder, "2", 800)
        renameSync(folder.in("runs", "2"), folder.in("runs", "2.partial"))
      } else await night(folder, "2", newest(800), [], { pages: 3 })
      await night(folder, "3", newest(800), otherwise)
      await night(folder, "4", newest(1000), otherwise, { pages: 1 })
      const late = await night(folder, "2", newest(1000))
      expect(late.said).toContain("overtaken")
      expect(wrong(folder, 1000)).toEqual([])
    },
  )

  it("starts over when something was forgotten that it had left out", async () => {
    using folder = scratch()
    await night(folder, "1", newest(300))
    await night(folder, "2", newest(400), ["--full-walk"], { pages: 3 })
    const id = keysBeneath(folder.in("runs"))[20] as string
    expect(await Effect.runPromise(forget(stateOf(folder), [id], null))).toBe(`${id}: forgotten\n`)
    const again = await night(folder, "2", newest(400))
    expect(again.said).toContain("overtaken")
    expect(keysBeneath(folder.in("runs")).filter((key) => key === id)).toHaveLength(2)
  })

  it("of a state that was put back is not taken for the one that the state waits for", async () => {
    using folder = scratch()
    await night(folder, "1", newest(100))
    copyFileSync(stateOf(folder), folder.in("copy"))
    await dieBeforeCommit(folder, "2", 150)
    renameSync(folder.in("runs", "2"), folder.in("runs", "2.partial"))
    copyFileSync(folder.in("copy"), stateOf(folder))
    const again = await night(folder, "2", newest(160))
    expect(again.said).toContain("has overtaken the unfinished run there")
    expect(wrong(folder, 160)).toEqual([])
    expect(readFileSync(folder.in("runs", "2", "datapackage.json"), "utf8")).toContain('"executions": 60')
  })
})
