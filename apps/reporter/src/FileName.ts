/** What the files of a run are called. */
import { type Compression, endings } from "./OutputFile.ts"
import type { StreamName } from "./UnitRows.ts"

/** The name of a stream's file. */
export const fileName = (stream: StreamName, compression: Compression): string =>
  stream === "retry"
    ? "retry.txt"
    : stream === "seen" || stream === "settled"
      ? stream
      : `${stream}.csv${endings[compression]}`
