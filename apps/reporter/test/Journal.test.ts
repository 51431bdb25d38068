import { describe, expect, it } from "@effect/vitest"
import { Arbitrary, Option, Result, Schema } from "effect"
import { type Checkpoint, encodeLine, type Head, journalVersion, noOffsets, parse } from "../src/Journal.ts"
import { begin } from "../src/ListWalk.ts"
import { empty } from "../src/Tally.ts"

const head: Head = { version: journalVersion, query: "顔検出 🦊", startedAt: "2026-03-01T00:00:00.000Z", plan: "walk" }

const point = (page: number): Checkpoint => ({
  next: { _tag: "Page", list: 0, cursor: `cursor é ${page}` },
  offsets: { ...noOffsets, executions: page * 100 },
  tally: { ...empty, executions: page },
  walks: [{ ...begin, fresh: page }],
})

const read = (bytes: Buffer) => Option.getOrUndefined(Result.getOrThrow(parse(bytes.toString("utf8"))))

const lines = (points: number): ReadonlyArray<Buffer> =>
  [encodeLine(head), ...Array.from({ length: points }, (_, index) => encodeLine(point(index + 1)))].map((line) =>
    Buffer.from(line),
  )

const natural = Arbitrary.map(Arbitrary.schema(Schema.Int), Math.abs)

describe("the journal", () => {
  it.prop("counts up to its last whole line, wherever a crash cut it", [natural, natural], ([points, place]) => {
    const all = lines(points % 7)
    const bytes = Buffer.concat(all)
    const cut = place % (bytes.length + 1)
    const ends = all.map((_, index) => Buffer.concat(all.slice(0, index + 1)).length)
    const whole = ends.filter((end) => end <= cut).length
    const found = read(bytes.subarray(0, cut))
    if (whole === 0) return expect(found).toBeUndefined()
    expect(found?.length).toBe(ends[whole - 1])
    expect(found?.last).toEqual(whole === 1 ? null : point(whole - 1))
    expect(found?.head).toEqual(head)
  })

  it("counts up to its last whole line when it was cut at any byte of the last two", () => {
    const all = lines(3)
    const bytes = Buffer.concat(all)
    const [three, two] = [bytes.length, bytes.length - (all[3] as Buffer).length]
    const one = two - (all[2] as Buffer).length
    for (let cut = one; cut <= three; cut++) {
      expect(read(bytes.subarray(0, cut))?.length, `cut at ${cut}`).toBe(cut < two ? one : cut < three ? two : three)
    }
  })

  it("does not count a line that only lacks its line end, since the next one would be glued to it", () => {
    const all = lines(2)
    const cut = Buffer.concat(all).subarray(0, -1)
    expect(read(cut)?.length).toBe(Buffer.concat(all.slice(0, 2)).length)
    expect(read(cut)?.last).toEqual(point(1))
  })

  it.prop("ends at a damaged line, whatever follows it", [natural, natural, natural], ([which, at, change]) => {
    const line = 1 + (which % 5)
    const all = lines(5)
    const damaged = all[line] as Buffer
    const place = at % (damaged.length - 1)
    damaged[place] = (damaged[place] as number) ^ (1 + (change % 255))
    expect(read(Buffer.concat(all))?.last).toEqual(line === 1 ? null : point(line - 1))
  })

  it("is nothing when its head is damaged", () => {
    expect(read(Buffer.from("garbage\n"))).toBeUndefined()
    expect(read(Buffer.alloc(0))).toBeUndefined()
  })

  it("is refused when a newer version wrote it, also one whose head has other fields", () => {
    for (const newer of [
      { ...head, version: journalVersion + 1 },
      { version: 9, about: "something else" },
    ]) {
      const parsed = parse(encodeLine(newer as Head) + encodeLine(point(1)))
      expect(Result.isFailure(parsed) && parsed.failure.kind).toBe("Damaged")
      expect(Result.isFailure(parsed) && parsed.failure.message).toContain(
        "The unfinished run was begun by a newer version of this program.",
      )
    }
  })
})
