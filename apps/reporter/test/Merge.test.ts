/** What merge refuses, and what a crash of it leaves behind. */
import { Effect } from "effect"
import { createHash } from "node:crypto"
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { encodeLine } from "../src/Journal.ts"
import { merge } from "../src/Merge.ts"
import type { ReporterError } from "../src/ReporterError.ts"
import { run, runExport, scratch } from "./Reporter.ts"
import { startServer } from "./Server.ts"

const folder = scratch()
const one = folder.in("one")
const two = folder.in("two")

beforeAll(async () => {
  await using server = await startServer({ executions: 200 })
  const ended = await Promise.all([
    ...[one, two].map((out, at) => runExport(["--all", "--shard", `${at + 1}/2`, "--out", out], { server })),
    runExport(["--all", "--triggered", "--shard", "2/2", "--out", folder.in("other")], { server }),
    runExport(["--all", "--shard", "3/3", "--out", folder.in("third")], { server }),
    runExport(["--all", "--out", folder.in("whole")], { server }),
    runExport(["--all", "--where", "id:none_is_named_so", "--shard", "1/1", "--out", folder.in("empty")], { server }),
  ])
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0])
}, 60_000)
afterAll(() => folder[Symbol.dispose]())

const merging = (directories: ReadonlyArray<string>, out: string, restart = false) =>
  Effect.scoped(merge({ directories, out, restart, latest: false, failOnEmpty: false, toolVersion: "0.0.0" }))

const refusal = async (...directories: ReadonlyArray<string>): Promise<ReporterError> => {
  const out = folder.in("refused")
  const error = await Effect.runPromise(Effect.flip(merging(directories, out)))
  expect([existsSync(out), existsSync(`${out}.partial`)]).toEqual([false, false])
  return error
}

/** A copy of the second shard that something was done to. */
const changed = (name: string, change: (copy: string) => void): string => {
  const copy = folder.in(name)
  cpSync(two, copy, { recursive: true })
  change(copy)
  return copy
}

const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex")

const rewrite = (path: string, change: (text: string) => string): void =>
  writeFileSync(path, change(readFileSync(path, "utf8")))

describe("merge refuses", () => {
  it("a missing shard, and says which", async () => {
    const error = await refusal(two)
    expect(error).toMatchObject({ kind: "ShardMissing", exitCode: 75, message: "Shard 1 is missing, of 2." })
    const message = `There is no shard at ${folder.in("nowhere")}.`
    expect(await refusal(one, folder.in("nowhere"))).toMatchObject({ kind: "ShardMissing", exitCode: 75, message })
  })

  it("a shard that was given twice", async () => {
    expect(
      await refusal(
        one,
        two,
        changed("again", () => {}),
      ),
    ).toMatchObject({ kind: "ShardDoubled", exitCode: 64 })
    expect(await refusal(one, two, one)).toMatchObject({
      message: `shard 1 of 2 was given twice: ${one} and ${one}.`,
    })
  })

  it("a shard of another query, of another number of shards, and a run that is no shard", async () => {
    for (const foreign of ["other", "third", "whole"])
      expect(await refusal(one, folder.in(foreign)), foreign).toMatchObject({ kind: "ShardForeign", exitCode: 64 })
    expect((await refusal(one, folder.in("third"))).message).toBe(
      `${one} is shard 1 of 2, and ${folder.in("third")} is shard 3 of 3.`,
    )
    const messages = await Promise.all(["other", "whole"].map((foreign) => refusal(one, folder.in(foreign))))
    expect(messages.map(({ message }) => message)).toEqual([
      expect.stringMatching(/ and .* are shards of different exports\.$/),
      expect.stringMatching(/ is a run of its own, not a shard\.$/),
    ])
  })

  it("a shard that is not finished, by its name or as what it would be named", async () => {
    const partial = changed("late.partial", () => {})
    for (const given of [partial, folder.in("late")]) {
      const message = `${given} is not finished.`
      expect(await refusal(one, given)).toMatchObject({ kind: "ShardUnfinished", exitCode: 75, message })
    }
  })

  it.each([
    [
      "one changed byte",
      (copy: string) => rewrite(`${copy}/executions.csv`, (text) => text.replace("alt_", "alp_")),
      "another hash",
    ],
    [
      "a cut file",
      (copy: string) => rewrite(`${copy}/matches.csv`, (text) => text.slice(0, -9)),
      /matches\.csv has \d+ bytes/,
    ],
    ["a file that is gone", (copy: string) => rmSync(`${copy}/failures.csv`), "failures.csv is missing"],
    ["no manifest", (copy: string) => rmSync(`${copy}/datapackage.json`), "datapackage.json"],
  ])("a shard with %s", async (what, change, said) => {
    const error = await refusal(one, changed(what.replaceAll(" ", "-"), change))
    expect(error.message).toMatch(said)
    expect([65, 74]).toContain(error.exitCode)
  })

  it("a shard whose manifest is none, or lacks what the whole needs, and one with other columns", async () => {
    const none = changed("none", (copy) => rewrite(`${copy}/datapackage.json`, () => "{}"))
    expect((await refusal(one, none)).message).toMatch(/datapackage\.json is not a manifest of this program: .+\.$/)

    const bare = changed("bare", (copy) =>
      rewrite(`${copy}/datapackage.json`, (text) => text.replace('"requests"', '"asked"')),
    )
    const late = await Effect.runPromise(Effect.flip(merging([one, bare], folder.in("bared"))))
    expect([late.message, late.exitCode]).toEqual([`${bare}/datapackage.json is not a manifest of this program.`, 65])

    const columns = changed("columns", (copy) => {
      const path = `${copy}/failures.csv`
      const before = readFileSync(path)
      rewrite(path, (text) => text.replace("where", "place"))
      rewrite(`${copy}/datapackage.json`, (text) => text.replace(hashOf(before), hashOf(readFileSync(path))))
    })
    const other = await Effect.runPromise(Effect.flip(merging([one, columns], folder.in("columned"))))
    const said = `${columns} has other columns in failures than the first shard.`
    expect([other.kind, other.message]).toEqual(["ShardForeign", said])
    expect([existsSync(folder.in("bared")), existsSync(folder.in("columned"))]).toEqual([false, false])
  })

  it("to write where something is, and leaves an unfinished run of another command alone", async () => {
    const error = await Effect.runPromise(Effect.flip(merging([one, two], folder.in("whole"))))
    expect(error).toMatchObject({
      kind: "CannotCreate",
      exitCode: 73,
      message: `${folder.in("whole")} exists already.`,
    })
    const out = folder.in("busy")
    mkdirSync(`${out}.partial`)
    const head = { version: 1, query: "an export", startedAt: "2026-03-01T00:00:00.000Z", plan: "walk" } as const
    writeFileSync(`${out}.partial/journal`, encodeLine(head))
    expect(await Effect.runPromise(Effect.flip(merging([one, two], out)))).toMatchObject({
      kind: "OtherQuery",
      message: `${out}.partial holds something else than a merge of these shards.`,
    })
    expect(readdirSync(`${out}.partial`)).toEqual(["journal"])
    await Effect.runPromise(merging([one, two], out, true))
    expect(existsSync(out)).toBe(true)
  })

  it("shards that hold nothing, if that is asked", async () => {
    const out = folder.in("emptiness")
    const given = { directories: [folder.in("empty")], out, restart: false, latest: false, toolVersion: "0.0.0" }
    const merged = (failOnEmpty: boolean) => Effect.scoped(merge({ ...given, failOnEmpty }))
    const error = await Effect.runPromise(Effect.flip(merged(true)))
    expect(error).toMatchObject({ exitCode: 82, message: "There is nothing in these shards." })
    expect((await Effect.runPromise(merged(false))).tally.executions).toBe(0)
  })

  it("a command line without shards or without --out", async () => {
    const nameless = await Effect.runPromise(Effect.flip(merging([one, two], " ")))
    expect(nameless).toMatchObject({ kind: "Usage", exitCode: 64, message: "--out is empty." })
    const ended = await Promise.all([run(["merge", one, two]), run(["merge", "--out", folder.in("nothing")])])
    expect(ended.map(({ code }) => code)).toEqual([64, 64])
    expect(ended[0].stderr).toContain("merge needs --out.")
    expect(ended[1].stderr).toContain("It is not said what to merge.")
  })
})

describe("a merge that was killed", () => {
  const bytes = (directory: string) =>
    readdirSync(directory)
      .toSorted()
      .map((name) => [name, readFileSync(`${directory}/${name}`, "utf8")])

  it("is started over, and ends as if nobody had killed it", async () => {
    const out = folder.in("killed")
    await Effect.runPromise(merging([one, two], out))
    const whole = bytes(out)
    renameSync(out, `${out}.partial`)
    rmSync(`${out}.partial/datapackage.json`)
    const { query } = (
      JSON.parse(whole.find(([name]) => name === "datapackage.json")?.[1] ?? "") as {
        mixpeek: { query: string }
      }
    ).mixpeek
    const head = {
      version: 1,
      query: `merge of 2 shards of ${query}`,
      startedAt: "2026-03-01T00:00:00.000Z",
      plan: "walk",
    } as const
    writeFileSync(`${out}.partial/journal`, encodeLine(head))
    rewrite(`${out}.partial/matches.csv`, (text) => text.slice(0, 1000))
    await Effect.runPromise(merging([one, two], out))
    expect(bytes(out)).toEqual(whole)
  })

  it("after it was whole only gets its name", async () => {
    const out = folder.in("sealed")
    await Effect.runPromise(merging([one, two], out))
    const whole = bytes(out)
    renameSync(out, `${out}.partial`)
    await Effect.runPromise(merging([two, one], out))
    expect(bytes(out)).toEqual(whole)
  })
})
