/** Reads a table of a run row by row, in memory that does not grow with it, whatever it is compressed with. */
import { Stream } from "effect"
import { Csv } from "effect/encoding"
import { createReadStream } from "node:fs"
import type { Compression } from "./OutputFile.ts"
import { fail, ioError, type ReporterError } from "./ReporterError.ts"
import { frameTexts } from "./ZstdFrames.ts"
import { zlib } from "./Zlib.ts"

const texts = (path: string, compression: Compression): Stream.Stream<string, ReporterError> =>
  Stream.fromAsyncIterable(
    (() => {
      const file = createReadStream(path)
      if (compression === "none") return file.setEncoding("utf8")
      if (compression === "zstd") return frameTexts(file)
      const plain = zlib().createGunzip()
      return file
        .on("error", (error) => plain.destroy(error))
        .pipe(plain)
        .setEncoding("utf8")
    })() as AsyncIterable<string>,
    (error) => ioError("ReadFailed", path, error),
  )

/** The records of a table, its header first. */
export const tableRows = (
  path: string,
  compression: Compression,
): Stream.Stream<ReadonlyArray<string>, ReporterError> =>
  texts(path, compression).pipe(
    Stream.map((text) => new TextEncoder().encode(text)),
    Stream.pipeThroughChannel(Csv.decode({ maxRecordSize: Number.POSITIVE_INFINITY })),
    Stream.mapError((error) =>
      error._tag === "ReporterError"
        ? error
        : fail("Damaged", `${path} is not CSV: ${error.message}.`, "Export again."),
    ),
  )
