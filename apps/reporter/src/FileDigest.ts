/** What is told of a file's content: its hash, and its lines. */
import { Effect } from "effect"
import { createHash } from "node:crypto"
import { open, readFile } from "node:fs/promises"
import { ioError, type ReporterError } from "./ReporterError.ts"

/** The lines of `retry.txt`: a record without an ID is a failure that it cannot list. */
export const countLines = (path: string): Effect.Effect<number, ReporterError> =>
  Effect.tryPromise({
    try: async () => (await readFile(path, "latin1")).split("\n").length - 1,
    catch: (error) => ioError("ReadFailed", path, error),
  })

const hashBytes = 1 << 18

/** The SHA-256 of a file, as hex. Reads into the same memory again and again: a stream would leave the file's size in garbage. */
export const sha256 = (path: string): Effect.Effect<string, ReporterError> =>
  Effect.tryPromise({
    try: async () => {
      const hash = createHash("sha256")
      const piece = Buffer.allocUnsafeSlow(hashBytes)
      await using file = await open(path)
      for (let read = await file.read(piece); read.bytesRead > 0; read = await file.read(piece)) {
        hash.update(piece.subarray(0, read.bytesRead))
      }
      return hash.digest("hex")
    },
    catch: (error) => ioError("ReadFailed", path, error),
  })
