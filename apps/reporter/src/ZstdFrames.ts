/**
 * Reads a file of many zstd frames. Node's own decompressor ends after the
 * first of them, as if the rest of the file were not there, so the frames are
 * told apart here by their headers (RFC 8878, section 3.1.1).
 */
import { zlib } from "./Zlib.ts"

const magic = 0xfd2fb528

/** No frame that this program wrote is longer: a unit comes from one answer, which is bounded. */
const maxOutputLength = 2 ** 30

const dictionaryBytes = [0, 1, 2, 4] as const
const sizeBytes = [0, 2, 4, 8] as const

/** The length of the frame that `bytes` start with; undefined when it goes on beyond them. */
const frameLength = (bytes: Buffer): number | undefined => {
  if (bytes.length < 5) return undefined
  if (bytes.readUInt32LE(0) !== magic) throw new Error("not a zstd frame")
  const descriptor = bytes[4] as number
  const single = (descriptor & 0x20) !== 0
  const size = descriptor >> 6
  let at = 5 + (single ? 0 : 1) + (dictionaryBytes[descriptor & 3] as number)
  at += size === 0 && single ? 1 : (sizeBytes[size] as number)
  for (;;) {
    if (at + 3 > bytes.length) return undefined
    const header = bytes.readUIntLE(at, 3)
    at += 3 + (((header >> 1) & 3) === 1 ? 1 : header >> 3)
    if ((header & 1) === 1) break
  }
  at += (descriptor & 4) !== 0 ? 4 : 0
  return at <= bytes.length ? at : undefined
}

/** What each frame holds. */
export async function* frames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    bytes = Buffer.concat([bytes, chunk])
    for (let length = frameLength(bytes); length !== undefined; length = frameLength(bytes)) {
      yield zlib().zstdDecompressSync(bytes.subarray(0, length), { maxOutputLength })
      bytes = bytes.subarray(length)
    }
  }
  if (bytes.length > 0) throw new Error("the last zstd frame is cut")
}

/** The text of each frame; a character never lies in two of them, since a frame is a whole number of rows. */
export async function* frameTexts(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  for await (const bytes of frames(chunks)) yield bytes.toString("utf8")
}
