/** Reads a CSV file row after row, as the bytes that were written, in memory that does not grow with the file. */
import { Effect, type Scope } from "effect"
import { createReadStream } from "node:fs"
import type { Compression } from "./OutputFile.ts"
import { fail, ioError, type ReporterError } from "./ReporterError.ts"
import { frames } from "./ZstdFrames.ts"
import { zlib } from "./Zlib.ts"

const QUOTE = 34
const LF = 10

const chunkBytes = 1 << 18

const chunksOf = (path: string, compression: Compression): AsyncIterable<Buffer> => {
  const file = createReadStream(path, { highWaterMark: chunkBytes })
  if (compression === "none") return file
  if (compression === "zstd") return frames(file)
  const plain = zlib().createGunzip({ chunkSize: chunkBytes })
  return file.on("error", (error) => plain.destroy(error)).pipe(plain)
}

export class RowReader {
  /** The row that is next, with its line end; `null` after the last. */
  row: Buffer | null = null
  /** How many rows were passed, the header among them. */
  passed = -1
  private readonly path: string
  private readonly chunks: AsyncIterator<Buffer>
  private bytes = Buffer.alloc(0)
  private start = 0
  /** How far the row that starts at `start` was looked through, and whether that is inside quotes. */
  private at = 0
  private quoted = false

  private constructor(path: string, chunks: AsyncIterator<Buffer>) {
    this.path = path
    this.chunks = chunks
  }

  /** Opens a file at its first row. */
  static open(path: string, compression: Compression): Effect.Effect<RowReader, ReporterError, Scope.Scope> {
    return Effect.gen(function* () {
      const chunks = yield* Effect.acquireRelease(
        Effect.sync(() => chunksOf(path, compression)[Symbol.asyncIterator]()),
        (iterator) => Effect.promise(async () => void (await iterator.return?.())),
      )
      const reader = new RowReader(path, chunks)
      if (!reader.step()) yield* reader.fill()
      return reader
    })
  }

  /** Moves to the next row if it lies in memory; says `false` when {@link fill} has to do it. */
  step(): boolean {
    const { bytes } = this
    for (let at = this.at; at < bytes.length; at++) {
      const code = bytes[at]
      if (code === QUOTE) this.quoted = !this.quoted
      else if (code === LF && !this.quoted) {
        this.row = bytes.subarray(this.start, at + 1)
        this.passed++
        this.start = this.at = at + 1
        return true
      }
    }
    this.at = bytes.length
    return false
  }

  /** Reads on until the next row lies in memory, or the file ends. */
  fill(): Effect.Effect<void, ReporterError> {
    return Effect.gen({ self: this }, function* () {
      for (;;) {
        const next = yield* Effect.tryPromise({
          try: () => this.chunks.next(),
          catch: (error) => ioError("ReadFailed", this.path, error),
        })
        if (next.done === true) return yield* this.end()
        this.bytes = Buffer.concat([this.bytes.subarray(this.start), next.value])
        this.at -= this.start
        this.start = 0
        if (this.step()) return
      }
    })
  }

  private end(): Effect.Effect<void, ReporterError> {
    if (this.row !== null) this.passed++
    this.row = null
    return this.start === this.bytes.length
      ? Effect.void
      : Effect.fail(fail("Damaged", `${this.path} ends in the middle of a row.`, "Export this shard again."))
  }
}
