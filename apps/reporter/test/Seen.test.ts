import { describe, expect, it } from "@effect/vitest"
import { fingerprint } from "@mixpeek-alerts/domain"
import { Arbitrary, Schema } from "effect"
import { mkdtempSync, rmSync, truncateSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { ReporterError } from "../src/ReporterError.ts"
import { Seen } from "../src/Seen.ts"
import { SeenShelf } from "../src/SeenShelf.ts"

const key = Arbitrary.schema(Schema.Union([Schema.String, Schema.Literals(["exec_1", "exec_2", "exec_3"])]))
const sighting = Arbitrary.all([key, Arbitrary.schema(Schema.Literals([0, 4_294_967_295]))])

const folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-seen-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs with nothing on a shelf, and with everything but a few keys. */
const kept = [
  { where: "in memory", run: <A>(use: (seen: Seen) => A): A => use(new Seen()) },
  {
    where: "on a shelf",
    run: <A>(use: (seen: Seen) => A, mostHeld = 3): A => {
      const shelf = new SeenShelf(join(folder, "tables"))
      try {
        return use(new Seen(shelf, mostHeld))
      } finally {
        shelf.close()
      }
    },
  },
]

describe.each(kept)("what was seen, $where", ({ run }) => {
  it.prop("answers as a map of all keys would", [Arbitrary.array(sighting, { maxLength: 100 })], ([sightings]) =>
    run((seen) => {
      const model = new Map<string, number>()
      for (const [id, row] of sightings) {
        const name = id.toWellFormed()
        const known = model.get(name)
        expect(seen.has(name)).toBe(known !== undefined)
        expect(seen.add(fingerprint(name), row)).toBe(
          known === undefined ? "new" : known === row ? "same" : "different",
        )
        if (known === undefined) model.set(name, row)
      }
      expect(seen.size).toBe(model.size)
    }),
  )

  it.prop(
    "is the same after it was written down in pieces and read back",
    [Arbitrary.array(Arbitrary.array(key))],
    ([batches]) => {
      const [pieces, size] = run((seen) => [
        batches.map((batch) => {
          for (const id of batch) seen.add(fingerprint(id), 1)
          return Buffer.from(seen.drain())
        }),
        seen.size,
      ])
      run((back) => {
        back.restore(Buffer.concat(pieces))
        expect(back.size).toBe(size)
        for (const id of batches.flat()) {
          expect(back.has(id)).toBe(true)
          expect(back.add(fingerprint(id), 2)).toBe("different")
        }
      })
    },
  )

  it("keeps every key when it grows", () => {
    run((seen) => {
      for (let index = 0; index < 150_000; index++) seen.add(fingerprint(`exec_${index}`), 7)
      expect(seen.size).toBe(150_000)
      for (let index = 0; index < 150_000; index++) if (!seen.has(`exec_${index}`)) expect.fail(`lost exec_${index}`)
      for (let index = 150_000; index < 160_000; index++)
        if (seen.has(`exec_${index}`)) expect.fail(`made up exec_${index}`)
    }, 40_000)
  })
})

describe("a shelf", () => {
  const fill = (seen: Seen): void => {
    for (let index = 0; index < 1000; index++) seen.add(fingerprint(`exec_${index}`), 7)
  }

  it("that cannot be written is an error that says where", () => {
    const shelf = new SeenShelf(join(folder, "nowhere", "tables"))
    expect(() => fill(new Seen(shelf, 500))).toThrow(
      expect.objectContaining({ kind: "WriteFailed", message: `Cannot write ${shelf.path} (ENOENT).` }),
    )
  })

  it("that was cut is an error, not a key that was never seen", () => {
    const shelf = new SeenShelf(join(folder, "cut"))
    const seen = new Seen(shelf, 1000)
    fill(seen)
    truncateSync(shelf.path, 0)
    expect(() => seen.has("exec_1")).toThrow(ReporterError)
    shelf.close()
  })

  it("is asked for few of the keys that are not on it", () => {
    const shelf = new SeenShelf(join(folder, "asked"))
    const seen = new Seen(shelf, 1000)
    fill(seen)
    truncateSync(shelf.path, 0)
    let reads = 0
    for (let index = 1000; index < 11_000; index++) {
      try {
        seen.has(`exec_${index}`)
      } catch {
        reads++
      }
    }
    expect(reads).toBeLessThan(300)
    shelf.close()
  })
})
