/**
 * Tables of `Seen` that were full, in a file, so that memory does not grow with what was exported. A filter says of nearly
 * every key that is not there that it is not, so the file is read for repeated executions and for one new one in a hundred.
 *
 * The file is scratch: nothing in it is needed once the process ends, since the keys are in the run's own list as well.
 */
import { closeSync, openSync, readSync, writeSync } from "node:fs"
import { scratch } from "./OpenFlags.ts"
import { ioError } from "./ReporterError.ts"
import { SeenFilter } from "./SeenFilter.ts"
import { SeenTable } from "./SeenTable.ts"

/** Tables that were put away together: where each of them lies, and what is in none of them. */
interface Row {
  readonly filter: SeenFilter
  /** Where each table begins, and after the last one where it ends. */
  readonly offsets: ReadonlyArray<number>
}

export class SeenShelf {
  readonly path: string
  private file: number | null = null
  private readonly rows: Array<Row> = []
  private end = 0
  /** What was read last, in memory that is used again. */
  private scratch = new Uint8Array(0)

  /** The file is made when it is needed first. */
  constructor(path: string) {
    this.path = path
  }

  /** Puts tables away, of which the n-th holds the keys that `find` looks for in table n. Throws a `ReporterError`. */
  put(tables: ReadonlyArray<SeenTable>, size: number): void {
    const filter = new SeenFilter(size)
    const offsets = [this.end]
    try {
      this.file ??= openSync(this.path, scratch, 0o600)
      for (const table of tables) {
        filter.addAll(table)
        this.write(this.file, table.entries)
        offsets.push(this.end)
      }
    } catch (error) {
      throw ioError("WriteFailed", this.path, error)
    }
    this.rows.push({ filter, offsets })
  }

  /** The content that a key of table `index` was put away with; undefined when it was not. Throws a `ReporterError`. */
  find(index: number, high: number, low: number): number | undefined {
    for (const { filter, offsets } of this.rows) {
      if (!filter.mayHold(high, low)) continue
      const table = this.read(offsets[index] as number, offsets[index + 1] as number)
      const content = table.contentAt(table.place(high, low))
      if (content !== undefined) return content
    }
    return undefined
  }

  close(): void {
    if (this.file !== null) closeSync(this.file)
    this.file = null
  }

  private write(file: number, entries: Uint32Array<ArrayBuffer>): void {
    const bytes = new Uint8Array(entries.buffer, entries.byteOffset, entries.byteLength)
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, this.end + done)
    this.end += bytes.length
  }

  private read(from: number, to: number): SeenTable {
    if (this.scratch.length < to - from) this.scratch = new Uint8Array(to - from)
    const bytes = this.scratch.subarray(0, to - from)
    try {
      for (let done = 0; done < bytes.length;) {
        const read = readSync(this.file as number, bytes, done, bytes.length - done, from + done)
        if (read === 0) throw new Error("it was cut")
        done += read
      }
    } catch (error) {
      throw ioError("ReadFailed", this.path, error)
    }
    return new SeenTable(new Uint32Array(bytes.buffer, 0, bytes.length / Uint32Array.BYTES_PER_ELEMENT))
  }
}
