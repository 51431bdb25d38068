import { randomBytes } from "node:crypto"
import { Readable } from "node:stream"
import { constants, zstdCompressSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { frameTexts } from "../src/ZstdFrames.ts"

const read = async (bytes: Buffer, step: number): Promise<ReadonlyArray<string>> => {
  const pieces = Array.from({ length: Math.ceil(bytes.length / step) }, (_, at) =>
    bytes.subarray(at * step, (at + 1) * step),
  )
  const found: Array<string> = []
  for await (const text of frameTexts(Readable.from(pieces) as AsyncIterable<Buffer>)) found.push(text)
  return found
}

const texts = ["a,b\r\n", "", "x".repeat(1_000_000), randomBytes(300_000).toString("base64"), "顔検出 🦊\r\n"]

describe("a file of many zstd frames", () => {
  it("is read to its end, in pieces of any size, with and without checksums", async () => {
    for (const checksum of [0, 1]) {
      const params = { [constants.ZSTD_c_checksumFlag]: checksum }
      const bytes = Buffer.concat(texts.map((text) => zstdCompressSync(text, { params })))
      for (const step of [1000, 65_536, bytes.length]) expect(await read(bytes, step)).toEqual(texts)
    }
  })

  it("is refused when it was cut, or when it is something else", async () => {
    const bytes = Buffer.concat(texts.map((text) => zstdCompressSync(text)))
    await expect(read(bytes.subarray(0, -1), 1000)).rejects.toThrow("cut")
    await expect(read(Buffer.from("execution_key,"), 1000)).rejects.toThrow("not a zstd frame")
  })
})
