import { Effect, Result } from "effect"
import { statSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { compact, forget, show } from "../src/StateActions.ts"
import { newest, night, stateOf } from "./Nights.ts"
import { type Scratch, scratch } from "./Reporter.ts"
import { keysBeneath, keysIn } from "./RunKeys.ts"

const act = async (action: ReturnType<typeof show>) => {
  const result = await Effect.runPromise(Effect.result(action))
  return Result.isSuccess(result) ? result.success : `${result.failure.message} ${result.failure.hint}`
}

const shown = async (folder: Scratch) =>
  JSON.parse(await act(show(stateOf(folder), true))) as {
    settled: number
    runs: number
    last: ReadonlyArray<{ id: string; exported: number; path: string }>
  }

describe("state show", () => {
  it("says for people what is known, how the next run walks, and which runs there were", async () => {
    using folder = scratch()
    await night(folder, "1", newest(300))
    await night(folder, "2", newest(320))
    const text = await act(show(stateOf(folder), false))
    expect(text).toMatch(/^ {2}query +--all of memory ns$/m)
    expect(text).toMatch(/^ {2}known +320 executions need no further run; \d+ bytes/m)
    expect(text).toMatch(/^ {2}walk +ends at what is known: newest first/m)
    expect(text).toMatch(/ 20 exported, 0 failed {2}.*runs\/2 {2}[0-9a-f-]{36}\n.* 300 exported/)
  })

  it("says what is unfinished, and where there is no state", async () => {
    using folder = scratch()
    await night(folder, "1", newest(300), [], { pages: 1 })
    expect(await act(show(stateOf(folder), false))).toMatch(/^ {2}unfinished +.*runs\/1, begun at /m)
    expect(await act(show(folder.in("none"), false))).toContain(`There is no state file ${folder.in("none")}.`)
  })
})

describe("state forget", () => {
  it("makes the next run export an execution again, wherever it lies", async () => {
    using folder = scratch()
    await night(folder, "1", newest(700))
    const id = keysIn(folder.in("runs", "1"))[600] as string
    expect(await act(forget(stateOf(folder), [id, "exec_never"], null))).toBe(
      `${id}: forgotten\nexec_never: was not known\n`,
    )
    const next = await night(folder, "2", newest(710))
    expect(next.said).toContain("every page is read: executions were forgotten since")
    expect(keysIn(folder.in("runs", "2"))).toContain(id)
    expect(next.published?.tally.executions).toBe(11)
    await night(folder, "3", newest(710))
    expect((await night(folder, "4", newest(720))).said).toContain("the walk ends at what is known")
  })

  it("makes the next run export all of a run again, as when its directory was lost", async () => {
    using folder = scratch()
    await night(folder, "1", newest(300))
    await night(folder, "2", newest(340))
    const [last] = (await shown(folder)).last
    expect(await act(forget(stateOf(folder), [], last?.id ?? ""))).toContain("40 executions forgotten")
    const next = await night(folder, "3", newest(340))
    expect(next.published?.tally.executions).toBe(40)
    expect(keysBeneath(folder.in("runs"))).toHaveLength(380)
  })

  it("asks for IDs or a run that it knows, and for one of both", async () => {
    using folder = scratch()
    await night(folder, "1", newest(10))
    expect(await act(forget(stateOf(folder), [], null))).toContain("It is not said what to forget.")
    expect(await act(forget(stateOf(folder), ["exec_1"], "x"))).toContain("It is not said what to forget.")
    expect(await act(forget(stateOf(folder), [], "x"))).toContain(`${stateOf(folder)} knows no run x.`)
    expect(await act(forget(stateOf(folder), ["not an ID"], null))).toMatch(/ID/)
  })
})

describe("state compact", () => {
  it("makes the file smaller and forgets nothing", async () => {
    using folder = scratch()
    await night(folder, "1", newest(300))
    await night(folder, "2", newest(2300))
    await act(forget(stateOf(folder), [], (await shown(folder)).last[0]?.id ?? ""))
    const before = statSync(stateOf(folder)).size
    const [said, after] = [await act(compact(stateOf(folder))), statSync(stateOf(folder)).size]
    expect(said).toBe(`${before} bytes before, ${after} after\n`)
    expect(after).toBeLessThan(before)
    expect((await shown(folder)).settled).toBe(300)
    expect((await night(folder, "3", newest(310))).said).toContain("10 new and 300 known")
  })
})
