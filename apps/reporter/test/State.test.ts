import type { Decoded } from "@mixpeek-alerts/domain"
import { make } from "@mixpeek-alerts/domain/Sample"
import { readdirSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { describe, expect, it } from "vitest"
import { brokenAt, exportFrom, newest, night, recordAt, stateOf } from "./Nights.ts"
import { scratch } from "./Reporter.ts"
import { keysBeneath, keysIn, wrongKeys } from "./RunKeys.ts"

const sample = make(1)
const ids = (...indexes: ReadonlyArray<number>) => indexes.map((index) => sample.executionId(index))
const exchange = (records: ReadonlyArray<Decoded>, at: number, by: Decoded) => records.toSpliced(at, 1, by)
const but = (records: ReadonlyArray<Decoded>, every: number) => records.filter((_, place) => place % every !== 7)

describe("scheduled exports with a state", () => {
  it("give each execution exactly once, and read no further back than they must", async () => {
    using folder = scratch()
    const first = await night(folder, "1", newest(1000))
    expect(first.said).toContain("State: nothing was exported before.")
    expect(first.code).toBe(0)
    const second = await night(folder, "2", newest(1350))
    expect(second.said).toContain("State: 1000 are known from earlier runs; the walk ends at what is known.")
    expect(second.said).toContain("350 new and 1000 known from earlier runs are all 1350 that the server counted")
    // Five pages, and at most two that were fetched ahead; there are fourteen.
    expect(second.requests).toBeLessThanOrEqual(7)
    const third = await night(folder, "3", newest(1350))
    expect([third.code, third.published?.tally.executions]).toEqual([0, 0])
    expect(wrongKeys(keysBeneath(folder.in("runs")), 1350)).toEqual([])
    expect(readdirSync(folder.path).toSorted()).toEqual(["nightly.state", "runs"])
  })

  it("try again what did not fit, however far back it lies, and then end early again", async () => {
    using folder = scratch()
    const broken = await night(folder, "1", exchange(newest(900), 700, brokenAt(199)))
    expect(broken.code).toBe(80)
    const still = await night(folder, "2", exchange(newest(930), 730, brokenAt(199)))
    expect([still.code, still.published?.tally.executions]).toEqual([80, 30])
    const mended = await night(folder, "3", newest(960))
    expect(mended.said).toContain("31 new and 929 known")
    expect(mended.code).toBe(0)
    const after = await night(folder, "4", newest(980))
    expect(after.requests).toBeLessThan(6)
    expect(wrongKeys(keysBeneath(folder.in("runs")), 980)).toEqual([])
  })

  it("do not count as exported what came twice in a run and did not fit the first time", async () => {
    using folder = scratch()
    const twice = exchange(newest(300), 20, brokenAt(279)).toSpliced(150, 0, recordAt(279))
    expect((await night(folder, "1", twice)).code).toBe(80)
    await night(folder, "2", newest(300))
    expect(wrongKeys(keysBeneath(folder.in("runs")), 300)).toEqual([])
  })

  it("find what arrives late, between executions that were exported long ago", async () => {
    using folder = scratch()
    await night(folder, "1", but(newest(900), 150))
    const late = await night(folder, "2", newest(900))
    expect(late.said).toContain("6 new and 894 known from earlier runs are all 900")
    expect(late.said).toContain("read every page: executions arrived late, behind many that were exported before")
    const whole = await night(folder, "3", newest(900))
    expect(whole.said).toContain("every page is read: executions arrived late")
    expect((await night(folder, "4", newest(900))).said).toContain("the walk ends at what is known")
    expect(wrongKeys(keysBeneath(folder.in("runs")), 900)).toEqual([])
  })

  it("read every page when executions are gone from the server, also when as many are new", async () => {
    using folder = scratch()
    await night(folder, "1", newest(900))
    const fewer = await night(folder, "2", newest(918, 18))
    expect(fewer.said).toContain("18 new and 882 known from earlier runs are all 900")
    await night(folder, "3", but(newest(940, 18), 50))
    await night(folder, "4", newest(950, 18))
    expect(wrongKeys(keysBeneath(folder.in("runs")), 950)).toEqual([])
  })

  it("go back to reading every page when the list is not newest first, until a whole walk shows it again", async () => {
    using folder = scratch()
    await night(folder, "1", newest(700))
    const [head, tail] = [newest(720, 600), newest(600)]
    const bent = await night(folder, "2", [...head.toReversed(), ...tail])
    expect(bent.said).toMatch(
      /State: this run and the next read every page: it does not come newest first \(.* came after .*\)\./,
    )
    expect((await night(folder, "3", newest(730))).said).toContain("every page is read: it does not come newest first")
    const again = await night(folder, "4", newest(740))
    expect(again.said).toContain("the walk ends at what is known")
    expect((await night(folder, "5", newest(740), ["--full-walk"])).said).toContain("every page is read: as asked")
    expect(wrongKeys(keysBeneath(folder.in("runs")), 740)).toEqual([])
  })

  it("never end early when the server does not say how many there are", async () => {
    using folder = scratch()
    await night(folder, "1", newest(500), [], { totals: false })
    const second = await night(folder, "2", newest(520), [], { totals: false })
    expect(second.said).toContain("every page is read: the server does not say how many there are.")
    expect(wrongKeys(keysBeneath(folder.in("runs")), 520)).toEqual([])
  })

  it("count relative times back from when the state began, so that a late one loses nothing", async () => {
    using folder = scratch()
    await night(folder, "1", newest(10), ["--since", "1d"])
    expect(keysIn(folder.in("runs", "1"))).toEqual([])
    const database = new DatabaseSync(stateOf(folder))
    database.exec("UPDATE state SET began = '2026-03-02T00:00:00.000Z'; DELETE FROM settled")
    database.close()
    expect((await night(folder, "2", newest(300), ["--since", "1d", "--full-walk"])).code).toBe(0)
    expect(wrongKeys(keysIn(folder.in("runs", "2")), 300)).toEqual([])
  })

  it.for([
    ["--until", "1h"],
    ["--where", "triggered:yes !since:1d"],
    ["--where", 'until:"2h"'],
  ])("refuse an end of time that moves: %s %s", async (args) => {
    using folder = scratch()
    const refused = await night(folder, "1", newest(10), args)
    expect(refused.said).toContain("With --state a range of time cannot end at a time that moves.")
    expect(refused.code).toBe(64)
  })

  it("remember what the filter left out, and do not look for it again", async () => {
    using folder = scratch()
    await night(folder, "1", newest(600), ["--triggered"])
    const second = await night(folder, "2", newest(650), ["--triggered"])
    expect(second.said).toContain("50 new and 600 known")
    const triggered = Array.from({ length: 650 }, (_, at) => JSON.parse(sample.json(at)) as { triggered: boolean })
    expect(keysBeneath(folder.in("runs"))).toHaveLength(triggered.filter((one) => one.triggered).length)
  })

  it("publish nothing with --fail-on-empty when nothing is new, and are as they were", async () => {
    using folder = scratch()
    await night(folder, "1", newest(300))
    expect((await night(folder, "2", newest(300), ["--fail-on-empty"])).code).toBe(82)
    expect((await night(folder, "2", newest(305), ["--fail-on-empty"])).code).toBe(0)
    expect(wrongKeys(keysBeneath(folder.in("runs")), 305)).toEqual([])
  })

  it("walk several alerts, each as its own list proves", async () => {
    using folder = scratch()
    const alertOf = (index: number) => (JSON.parse(sample.json(index)) as { alert_id: string }).alert_id
    const alerts = [...new Set(Array.from({ length: 60 }, (_, index) => alertOf(index)))].slice(0, 2)
    const source = [...alerts.flatMap((alert) => ["--alert", alert]), "--page-size", "100", "--state", stateOf(folder)]
    const first = await exportFrom(newest(3000), [...source, "--out", folder.in("runs", "1")])
    const second = await exportFrom(newest(3100), [...source, "--out", folder.in("runs", "2")])
    expect(second.said).toContain("the walk ends at what is known")
    expect(second.code).toBe(0)
    expect(second.requests).toBeLessThan(first.requests)
    const keys = keysBeneath(folder.in("runs"))
    const wanted = Array.from({ length: 3100 }, (_, at) => at).filter((at) => alerts.includes(alertOf(at)))
    expect([new Set(keys).size, keys.length]).toEqual([wanted.length, wanted.length])
  })
})

describe("IDs with a state", () => {
  it("are asked for until they were exported, and then never again", async () => {
    using folder = scratch()
    const [one = "", two = "", three = ""] = ids(5, 6, 7)
    const of = (name: string, ...list: ReadonlyArray<string>) =>
      exportFrom(newest(300), [...list, "--state", stateOf(folder), "--out", folder.in("runs", name)])
    expect((await of("1", one, "exec_absent")).code).toBe(80)
    const second = await of("2", one, two, "exec_absent")
    expect([second.code, second.requests]).toEqual([80, 2])
    expect(keysIn(folder.in("runs", "2"))).toEqual([two])
    expect((await of("3", one, three, "--plan", "walk")).code).toBe(0)
    expect(keysIn(folder.in("runs", "3"))).toEqual([three])
    const fourth = await of("4", one, two, three)
    expect([fourth.code, fourth.requests, fourth.said.split("\n").at(-1)]).toEqual([0, 0, "all 0 new IDs were read"])
  })
})

describe("retry with a state", () => {
  it("tells the state what it exported, so that the next run does not", async () => {
    using folder = scratch()
    await night(folder, "1", exchange(newest(700), 300, brokenAt(399)))
    const retry = folder.in("runs", "1")
    const bare = await exportFrom(newest(700), [], { retry })
    expect(bare.said).toContain(`${retry} was exported with --state, which has to learn what is exported now.`)
    expect(bare.code).toBe(64)
    const elsewhere = await exportFrom(newest(700), ["--state", stateOf(folder)], { retry, place: "other ns" })
    expect(elsewhere.said).toContain(`${retry} is of another server or namespace.`)
    expect(elsewhere.code).toBe(64)
    expect((await exportFrom(newest(700), ["--state", stateOf(folder)], { retry })).code).toBe(0)
    expect(keysIn(`${retry}-retry`)).toEqual(ids(399))
    const next = await night(folder, "2", newest(710))
    expect(next.said).toContain("the walk ends at what is known")
    expect(next.said).toContain("10 new and 700 known")
    expect(next.requests).toBeLessThan(6)
    expect(wrongKeys(keysBeneath(folder.in("runs")), 710)).toEqual([])
  })

  it("is refused when the run had no state", async () => {
    using folder = scratch()
    const out = folder.in("run")
    await exportFrom(exchange(newest(60), 3, brokenAt(56)), ["--all", "--out", out])
    const refused = await exportFrom(newest(60), ["--state", stateOf(folder)], { retry: out })
    expect(refused.said).toContain(`${out} was exported without a state.`)
    expect(refused.code).toBe(64)
    expect(readdirSync(folder.path)).toEqual(["run"])
  })
})
