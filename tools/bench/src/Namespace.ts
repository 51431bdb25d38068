/** What the fast server has to say, as the bytes of whole answers. Knows nothing of sockets. */
import { benchRecords, digitsOf, idAt, indexOf } from "./BenchRecord.ts"

export class Namespace {
  readonly executions: number
  private readonly records: ReadonlyArray<Buffer>

  constructor(executions: number, seed: number) {
    this.executions = executions
    this.records = benchRecords(seed)
  }

  /** One record; `null` when the ID is none of this namespace. */
  record(id: string): Buffer | null {
    const index = indexOf(id)
    if (!(index >= 0 && index < this.executions)) return null
    const record = Buffer.from(this.at(index))
    record.write(digitsOf(index), idAt, "latin1")
    return record
  }

  /** The page of `limit` records from `start` on; the cursor is where the next one starts. */
  page(start: number, limit: number): Buffer {
    const end = Math.min(this.executions, start + limit)
    const next = end < this.executions ? `"${end}"` : "null"
    const tail = `],"pagination":{"next_cursor":${next}},"total_count":${this.executions}}`
    const head = '{"results":['
    let size = head.length + tail.length + Math.max(0, end - start - 1)
    for (let index = start; index < end; index++) size += this.at(index).length
    const page = Buffer.allocUnsafe(size)
    let at = page.write(head, "latin1")
    for (let index = start; index < end; index++) {
      if (index > start) page[at++] = 44
      const record = this.at(index)
      page.set(record, at)
      page.write(digitsOf(index), at + idAt, "latin1")
      at += record.length
    }
    page.write(tail, at, "latin1")
    return page
  }

  private at(index: number): Buffer {
    return this.records[index % this.records.length] as Buffer
  }
}
