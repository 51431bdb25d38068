/** A file that grows by whole units and can be cut back to the last one that counts. */
import { Effect } from "effect"
import { createHash, type Hash } from "node:crypto"
import { type FileHandle, open } from "node:fs/promises"
import { existing, fresh } from "./OpenFlags.ts"
import { fail, ioError, type ReporterError } from "./ReporterError.ts"
import { zlib } from "./Zlib.ts"

export type Compression = "none" | "gzip" | "zstd"

/** The ending that a compression adds to a file name. */
export const endings: Readonly<Record<Compression, string>> = { none: "", gzip: ".gz", zstd: ".zst" }

/** One member or frame per unit, so that the file is whole at the end of every unit. */
const pack = (plain: Uint8Array, compression: Compression): Uint8Array =>
  compression === "gzip" ? zlib().gzipSync(plain) : compression === "zstd" ? zlib().zstdCompressSync(plain) : plain

/** What a file collects before it is written, in memory that is used again: so many bytes as a rule, more for a large unit. */
const usualBytes = 1 << 20

export class OutputFile {
  readonly path: string
  private readonly handle: FileHandle
  private readonly compression: Compression
  private pending = Buffer.alloc(0)
  private waiting = 0
  /** Bytes written and waiting: where the next unit starts. */
  offset: number
  private dirty = false
  /** Of what was written, since the file was empty; `null` of a file that an earlier process began. */
  private readonly hash: Hash | null

  private constructor(path: string, handle: FileHandle, compression: Compression, offset: number) {
    this.path = path
    this.handle = handle
    this.compression = compression
    this.offset = offset
    this.hash = offset === 0 ? createHash("sha256") : null
  }

  /** Creates the file, or opens it and cuts it back to `offset`; refuses a file that is shorter than that. */
  static open(path: string, compression: Compression, offset: number): Effect.Effect<OutputFile, ReporterError> {
    return Effect.gen(function* () {
      const handle = yield* Effect.tryPromise({
        try: () => open(path, offset === 0 ? fresh : existing, 0o600),
        catch: (error) => ioError("CannotCreate", path, error),
      })
      if (offset === 0) return new OutputFile(path, handle, compression, 0)
      const { size } = yield* Effect.tryPromise({
        try: () => handle.stat(),
        catch: (error) => ioError("ReadFailed", path, error),
      })
      if (size < offset) {
        const hint = "Start over with --restart; the files were changed or damaged since."
        return yield* fail("Damaged", `${path} is shorter (${size} bytes) than its journal says (${offset}).`, hint)
      }
      yield* Effect.tryPromise({
        try: () => handle.truncate(offset),
        catch: (error) => ioError("WriteFailed", path, error),
      })
      return new OutputFile(path, handle, compression, offset)
    })
  }

  /** Takes text or bytes to be written at the next {@link flush}; bytes are copied. */
  append(data: string | Uint8Array): void {
    if (data.length === 0) return
    const bytes = pack(typeof data === "string" ? Buffer.from(data, "utf8") : data, this.compression)
    this.reserve(bytes.length)
    this.pending.set(bytes, this.waiting)
    this.waiting += bytes.length
    this.offset += bytes.length
  }

  get waitingBytes(): number {
    return this.waiting
  }

  /** Writes what waits; nothing may be appended meanwhile. */
  flush(): Effect.Effect<void, ReporterError> {
    return Effect.suspend(() => {
      if (this.waiting === 0) return Effect.void
      const { pending, waiting } = this
      const position = this.offset - waiting
      this.waiting = 0
      this.dirty = true
      this.hash?.update(pending.subarray(0, waiting))
      if (pending.length > 2 * usualBytes) this.pending = Buffer.alloc(0)
      return Effect.tryPromise({
        try: async () => {
          for (let done = 0; done < waiting;) {
            const { bytesWritten } = await this.handle.write(pending, done, waiting - done, position + done)
            done += bytesWritten
          }
        },
        catch: (error) => ioError("WriteFailed", this.path, error),
      })
    })
  }

  /** The SHA-256 of all that was written, as hex; `null` when that can only be read from the file. */
  digest(): string | null {
    return this.hash === null ? null : this.hash.copy().digest("hex")
  }

  private reserve(more: number): void {
    const needed = this.waiting + more
    if (needed <= this.pending.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.pending.length * 2))
    this.pending.copy(larger, 0, 0, this.waiting)
    this.pending = larger
  }

  /** Writes what waits, and returns when the disk has it. */
  sync(): Effect.Effect<void, ReporterError> {
    return Effect.flatMap(this.flush(), () => {
      if (!this.dirty) return Effect.void
      this.dirty = false
      return Effect.tryPromise({
        try: () => this.handle.datasync(),
        catch: (error) => ioError("WriteFailed", this.path, error),
      })
    })
  }

  close(): Effect.Effect<void> {
    return Effect.ignore(Effect.tryPromise(() => this.handle.close()))
  }
}
