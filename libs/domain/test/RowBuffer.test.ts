import { assert, describe, it } from "@effect/vitest"
import { Arbitrary, Schema } from "effect"
import { RowBuffer } from "../src/RowBuffer.ts"

const byte = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 })))
const bytes = Arbitrary.array(byte, { minLength: 1, maxLength: 40 })

const holding = (content: ReadonlyArray<number>, before = 0): RowBuffer => {
  const buffer = new RowBuffer(1)
  for (let at = 0; at < before; at++) buffer.comma()
  buffer.copy(Uint8Array.from(content), 0, content.length)
  return buffer
}

describe("the hash of rows", () => {
  it.prop("is that of the same bytes wherever they lie", [bytes, byte], ([content, before]) => {
    assert.strictEqual(holding(content, before).hash(before), holding(content).hash(0))
  })

  it.prop("changes with any one byte, and with a byte more", [bytes, byte, byte], ([content, place, other]) => {
    const at = place % content.length
    const hash = holding(content).hash(0)
    if (content[at] !== other) assert.notStrictEqual(holding(content.with(at, other)).hash(0), hash)
    assert.notStrictEqual(holding([...content, other]).hash(0), hash)
  })

  it.prop("changes with the order of its eights", [bytes, bytes], ([one, other]) => {
    const [first, second] = [one, other].map((part) => Array.from({ length: 8 }, (_, at) => part[at] ?? 0))
    if (String(first) === String(second)) return
    const [there, back] = [
      [...(first as Array<number>), ...(second as Array<number>)],
      [...(second as Array<number>), ...(first as Array<number>)],
    ]
    assert.notStrictEqual(holding(there).hash(0), holding(back).hash(0))
  })
})
