/** The executions that a run has written, in this process or before. */
import { Effect, type Scope } from "effect"
import { open } from "node:fs/promises"
import { join } from "node:path"
import { ioError, ReporterError } from "./ReporterError.ts"
import type { RunDirectory } from "./RunDirectory.ts"
import { entryBytes, Seen, usualHeld } from "./Seen.ts"
import { SeenShelf } from "./SeenShelf.ts"

/** What a run keeps in its directory of what it has seen, as long as it is on its way. */
export const shelfName = "seen.tables"

/** Room in memory for keys that nobody expected. */
const spareHeld = 4096

const pieceBytes = entryBytes << 14

/** Reads the list of what was seen piece by piece, since it may be long. */
const restore = async (seen: Seen, path: string): Promise<void> => {
  const piece = Buffer.allocUnsafe(pieceBytes)
  await using file = await open(path, "r")
  for (let held = 0, read = -1; read !== 0;) {
    read = (await file.read(piece, held, pieceBytes - held, null)).bytesRead
    const whole = held + read - ((held + read) % entryBytes)
    seen.restore(piece.subarray(0, whole))
    piece.copyWithin(0, whole, held + read)
    held += read - whole
  }
}

/** What was seen, with a shelf that is closed with the scope. `expected` is how many executions there are at most; `null` when nobody knows. */
export const openSeen = Effect.fnUntraced(function* (
  run: RunDirectory,
  expected: number | null,
): Effect.fn.Return<Seen, ReporterError, Scope.Scope> {
  const shelf = yield* Effect.acquireRelease(
    Effect.sync(() => new SeenShelf(join(run.path, shelfName))),
    (one) => Effect.sync(() => one.close()),
  )
  // More than there are: the last one of all would have everything put on the shelf.
  const seen = new Seen(shelf, Math.min(usualHeld, (expected ?? usualHeld) + spareHeld))
  const { path } = run.files.seen
  if (run.last !== null) {
    yield* Effect.tryPromise({
      try: () => restore(seen, path),
      catch: (error) => (error instanceof ReporterError ? error : ioError("ReadFailed", path, error)),
    })
  }
  return seen
})
