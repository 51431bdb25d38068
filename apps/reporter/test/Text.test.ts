import { describe, expect, it } from "vitest"
import { exitCodeOf } from "../src/Outcome.ts"
import { budgetText, progressText } from "../src/Progress.ts"
import { empty, type Tally } from "../src/Tally.ts"
import { sentence, verdict } from "../src/Verdict.ts"

const tally = (more: Partial<Tally>): Tally => ({ ...empty, ...more })
const walked = (more: Partial<Tally>) => verdict(tally({ read: 10, totalFirst: 10, totalLast: 10, ...more }), null)

describe("the verdict", () => {
  it("is complete when everything that the server counted was read", () => {
    expect(walked({}).complete).toBe(true)
    expect(verdict(tally({ read: 3 }), 3)).toEqual({ complete: true, reasons: ["all 3 IDs were read"] })
    expect(verdict(tally({ read: 1 }), 1).reasons).toEqual(["all 1 ID were read"])
  })

  it("says how many arrived meanwhile", () => {
    expect(sentence(walked({ totalLast: 13 }))).toContain("; 3 more arrived during the walk")
  })

  it("is unknown without a total, and not complete when something is known to be missing", () => {
    expect(walked({ totalFirst: null, totalLast: null }).complete).toBe("unknown")
    expect(walked({ totalFirst: null, totalLast: null, quarantined: 1 }).complete).toBe(false)
  })

  it("is not complete when rows, matches or IDs are missing, or when contents disagree", () => {
    for (const [shortfall, words] of [
      [{ read: 9 }, "the server counted 10 at the start and 9 were read"],
      [{ missing: 1 }, "1 ID could not be had"],
      [{ quarantined: 2 }, "2 records did not fit"],
      [{ matchCountDiffers: 1 }, "1 execution came with another number of matches"],
      [{ conflicting: 1 }, "1 execution came again with other content"],
    ] as const) {
      const answer = walked(shortfall)
      expect(answer.complete).toBe(false)
      expect(sentence(answer)).toContain(words)
      expect(exitCodeOf(answer)).toBe(80)
    }
    expect(exitCodeOf(walked({}))).toBe(0)
    expect(exitCodeOf(walked({ totalFirst: null }))).toBe(0)
  })
})

describe("the progress line", () => {
  it("has a bar, a count, a rate and the time that is left when the end is known", () => {
    const text = progressText(tally({ read: 250, executions: 250 }), 1000, 10, "", 79)
    expect(text).toBe("[#####...............] 25%  250 executions  25/s  0:30 left")
  })

  it("has no bar when the end is not known, and counts failures", () => {
    expect(progressText(tally({ read: 7, executions: 6, failures: 1 }), null, 2, "9/10 requests left", 79)).toBe(
      "6 executions  4/s  1 failed  9/10 requests left",
    )
  })

  it("makes sense at the very start, at the end, and when more came than was expected", () => {
    expect(progressText(empty, 100, 0, "", 79)).toBe("[....................] 0%  0 executions  0/s")
    expect(progressText(tally({ read: 150, executions: 150 }), 100, 5, "", 79)).toContain("] 100%  150 executions")
    expect(progressText(tally({ read: 1, executions: 1 }), 7201, 1, "", 79)).toContain("2:00:00 left")
    const tight = progressText(tally({ read: 50, executions: 50 }), 100, 5, "rate limit: 12 s", 64)
    expect(tight).toBe("[####....] 50%  50 executions  10/s  0:05 left  rate limit: 12 s")
  })

  it("tells a wait for the rate limit in seconds", () => {
    const state = { limit: 60, remaining: 12, resetsAt: null, pausedUntil: null, spent: 48, limited: 0 }
    expect(budgetText({ ...state, pausedUntil: 13_000 } as never, 1000)).toBe("rate limit: 12 s")
    expect(budgetText({ ...state, remaining: 0, resetsAt: 5000 } as never, 1000)).toBe("rate limit: 4 s")
    expect(budgetText(state as never, 1000)).toBe("12/60 requests left")
    expect(budgetText({ ...state, limit: null } as never, 1000)).toBe("")
  })
})
