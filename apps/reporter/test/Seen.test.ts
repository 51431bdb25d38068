import { describe, expect, it } from "@effect/vitest"
import { fingerprint } from "@mixpeek-alerts/domain"
import { Arbitrary, Schema } from "effect"
import { Seen } from "../src/Seen.ts"

const key = Arbitrary.schema(Schema.Union([Schema.String, Schema.Literals(["exec_1", "exec_2", "exec_3"])]))
const sighting = Arbitrary.all([key, Arbitrary.schema(Schema.Literals([0, 4_294_967_295]))])

describe("what was seen", () => {
  it.prop("answers as a map of all keys would", [Arbitrary.array(sighting, { maxLength: 100 })], ([sightings]) => {
    const seen = new Seen()
    const model = new Map<string, number>()
    for (const [id, row] of sightings) {
      const name = id.toWellFormed()
      const known = model.get(name)
      expect(seen.has(name)).toBe(known !== undefined)
      expect(seen.add(fingerprint(name), row)).toBe(known === undefined ? "new" : known === row ? "same" : "different")
      if (known === undefined) model.set(name, row)
    }
    expect(seen.size).toBe(model.size)
  })

  it.prop(
    "is the same after it was written down in pieces and read back",
    [Arbitrary.array(Arbitrary.array(key))],
    ([batches]) => {
      const seen = new Seen()
      const pieces = batches.map((batch) => {
        for (const id of batch) seen.add(fingerprint(id), 1)
        return Buffer.from(seen.drain())
      })
      const back = Seen.from(Buffer.concat(pieces))
      expect(back.size).toBe(seen.size)
      for (const id of batches.flat()) {
        expect(back.has(id)).toBe(true)
        expect(back.add(fingerprint(id), 2)).toBe("different")
      }
    },
  )

  it("keeps every key when it grows", () => {
    const seen = new Seen()
    for (let index = 0; index < 150_000; index++) seen.add(fingerprint(`exec_${index}`), 7)
    expect(seen.size).toBe(150_000)
    for (let index = 0; index < 150_000; index++) if (!seen.has(`exec_${index}`)) expect.fail(`lost exec_${index}`)
    for (let index = 150_000; index < 160_000; index++)
      if (seen.has(`exec_${index}`)) expect.fail(`made up exec_${index}`)
  })
})
