import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { fingerprint } from "@mixpeek-alerts/domain"
import { hold } from "../src/Lock.ts"
import { countSettled, keyOf, packKeys, settledIn, settleFile } from "../src/SettledKeys.ts"
import { attempt, openOrMake, transaction } from "../src/StateFile.ts"
import { exportFrom, newest, night, stateOf } from "./Nights.ts"
import { type Scratch, scratch } from "./Reporter.ts"
import { keysBeneath, wrongKeys } from "./RunKeys.ts"

/** What becomes of a run whose state file is this. */
const refused = async (folder: Scratch, words: RegExp, code = 65) => {
  const before = readFileSync(stateOf(folder))
  const next = await night(folder, "refused", newest(10))
  expect(next.said).toMatch(words)
  expect(next.code).toBe(code)
  expect(existsSync(folder.in("runs", "refused"))).toBe(false)
  expect(readFileSync(stateOf(folder)).equals(before)).toBe(true)
}

describe("a state file", () => {
  it("is refused when it is damaged, cut, empty, or something else", async () => {
    using folder = scratch()
    await night(folder, "1", newest(2000))
    const good = readFileSync(stateOf(folder))
    const again = /(Put a copy of it back, or remove it: without it, every execution counts as new\.)$/
    writeFileSync(stateOf(folder), good.with(good.length - 3000, 255).fill(7, good.length - 12_000, good.length - 8000))
    await refused(folder, /is damaged/)
    await refused(folder, again)
    writeFileSync(stateOf(folder), good)
    truncateSync(stateOf(folder), 9000)
    await refused(folder, /is damaged/)
    writeFileSync(stateOf(folder), "")
    await refused(folder, /is not a state file of this program, or is empty/)
    writeFileSync(stateOf(folder), "execution_id\nexec_1\n".repeat(500))
    await refused(folder, /is not a state file, or is damaged/)
    writeFileSync(stateOf(folder), good)
    expect((await night(folder, "2", newest(2010))).code).toBe(0)
    expect(wrongKeys(keysBeneath(folder.in("runs")), 2010)).toEqual([])
  })

  it("is refused when a newer version wrote it, or another program", async () => {
    using folder = scratch()
    await night(folder, "1", newest(10))
    const database = new DatabaseSync(stateOf(folder))
    database.exec("PRAGMA user_version = 2")
    await refused(
      folder,
      /nightly\.state was written by a newer version of this program\.\nUse the newer program, or another --state/,
    )
    database.exec("PRAGMA application_id = 7")
    database.close()
    await refused(folder, /is not a state file of this program/)
  })

  it("is refused for another query, which it names, and for one file as output", async () => {
    using folder = scratch()
    await exportFrom(newest(10), ["--all", "--since", "9999d", "--state", stateOf(folder), "--out", folder.in("1")])
    await refused(folder, /nightly\.state is of another query: --all --since 9999d of memory ns\.\nGive the flags/, 73)
    const file = await exportFrom(newest(10), ["--all", "--state", stateOf(folder), "-o", folder.in("a.csv")])
    expect(file.said).toContain("--state needs a run directory")
    expect(file.code).toBe(64)
  })

  it("is used by one run at a time", async () => {
    using folder = scratch()
    await night(folder, "1", newest(10))
    await Effect.runPromise(
      Effect.scoped(
        Effect.andThen(
          hold(stateOf(folder)),
          Effect.promise(() =>
            refused(folder, /is being written by process .*\nWait for it to end, or choose another --state/, 81),
          ),
        ),
      ),
    )
  })

  it("is not written while another program holds it, which is said once SQLite has waited", async () => {
    using folder = scratch()
    const error = await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const state = yield* openOrMake(stateOf(folder), "{}", "2026-03-01T00:00:00Z")
          const other = new DatabaseSync(state.path)
          other.exec("BEGIN EXCLUSIVE")
          state.database.exec("PRAGMA busy_timeout = 0")
          const settling = attempt(state, () => transaction(state.database, () => {}))
          return yield* Effect.ensuring(
            Effect.flip(settling),
            Effect.sync(() => other.close()),
          )
        }),
      ),
    )
    const message = `${stateOf(folder)} is used by another program.`
    expect(error).toMatchObject({ kind: "Locked", exitCode: 81, message })
  })

  it("cannot be a directory, and is made where there is none yet, for its owner alone", async () => {
    using folder = scratch()
    mkdirSync(stateOf(folder))
    const next = await night(folder, "1", newest(10))
    expect(next.said).toMatch(/Cannot (create|write)/)
    expect([73, 74]).toContain(next.code)
    const made = folder.in("deep", "er", "a.state")
    await exportFrom(newest(10), ["--all", "--state", made, "--out", folder.in("2")])
    expect(statSync(made).mode & 0o777).toBe(0o600)
  })

  it("takes less than 18 bytes for each execution when it is new or compacted", async () => {
    using folder = scratch()
    const size = await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const state = yield* openOrMake(stateOf(folder), "{}", "2026-03-01T00:00:00Z")
          const keys = (from: number, to: number) =>
            Array.from({ length: to - from }, (_, at) => keyOf(fingerprint(`exec_${from + at}`)))
          writeFileSync(folder.in("keys"), packKeys(keys(0, 50_000)))
          transaction(state.database, () => settleFile(state, folder.in("keys"), 300))
          const first = statSync(state.path).size
          writeFileSync(folder.in("keys"), packKeys(keys(40_000, 60_000)))
          transaction(state.database, () => settleFile(state, folder.in("keys"), 301))
          expect(countSettled(state)).toBe(60_000)
          expect(settledIn(state)(keys(59_999, 60_001))).toEqual([true, false])
          const second = statSync(state.path).size
          state.database.exec("VACUUM")
          return [first / 50_000, second / 60_000, statSync(state.path).size / 60_000] as const
        }),
      ),
    )
    expect(size[0]).toBeLessThan(18)
    expect(size[1]).toBeLessThan(27)
    expect(size[2]).toBeLessThan(18)
  })
})
