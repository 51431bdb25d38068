/**
 * Which executions were written already.
 *
 * A key is remembered by 64 bits and its content by 32, in many small open
 * tables, so that growing copies little at a time: about 17 bytes each, not the hundreds that a `Set` of strings takes.
 * With a shelf, tables that are full are put away in a file, and only 2 bytes each stay in memory. Two keys
 * out of a million share 64 bits with a probability of about 3 in 100 million.
 */
import { type Fingerprint, fingerprint } from "@mixpeek-alerts/domain"
import type { SeenShelf } from "./SeenShelf.ts"
import { SeenTable } from "./SeenTable.ts"

const tables = 256
/** What `drain` gives for a key. */
export const entryBytes = 12

/** So many keys are kept in memory before they are put on the shelf. */
export const usualHeld = 1 << 17

/** What is known of a key: nothing, the same content, or content that differs. */
export type Sighting = "new" | "same" | "different"

/** The first half of what is kept is never zero, since zero marks an empty slot. */
const highOf = ({ high }: Fingerprint): number => (high === 0 ? 1 : high)

const indexOf = (high: number): number => high >>> 24

/** The slots of a table that is put on the shelf when it is full: so many that no table gets full before all of them are. */
const shelvedSlots = (mostHeld: number): number => Math.ceil((mostHeld / tables) * 1.5) + 8

export class Seen {
  private readonly shelf: SeenShelf | null
  private readonly mostHeld: number
  /** The memory of all tables, used again when they are put away: null when they grow instead. */
  private readonly memory: Uint32Array<ArrayBuffer> | null
  private parts: ReadonlyArray<SeenTable>
  private held = 0
  private fresh = Buffer.allocUnsafeSlow(entryBytes * 1024)
  /** Writes numbers into `fresh`: unlike the methods of a buffer, without a call. */
  private freshNumbers = new DataView(this.fresh.buffer)
  private freshBytes = 0
  size = 0

  /** `mostHeld` is how many keys stay in memory when there is a shelf. */
  constructor(shelf: SeenShelf | null = null, mostHeld = usualHeld) {
    this.shelf = shelf
    this.mostHeld = mostHeld
    this.memory = shelf === null ? null : new Uint32Array(tables * shelvedSlots(mostHeld) * SeenTable.width)
    this.parts = this.emptyTables()
  }

  /** Takes again what `drain` gave in the life of an earlier process: whole entries. */
  restore(bytes: Buffer): void {
    for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
      const [high, low] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)]
      this.put(this.tableOf(high).place(high, low), high, low, bytes.readUInt32LE(at + 8))
    }
  }

  /** What was added since the last call, as bytes that lie here: to be copied at once. */
  drain(): Buffer {
    const bytes = this.fresh.subarray(0, this.freshBytes)
    this.freshBytes = 0
    return bytes
  }

  /** Whether a key was added. */
  has(key: string): boolean {
    return this.knows(fingerprint(key))
  }

  /** Whether a key was added, by its fingerprint. */
  knows(key: Fingerprint): boolean {
    const high = highOf(key)
    return this.find(this.tableOf(high).place(high, key.low), high, key.low) !== undefined
  }

  /** Remembers a key by its fingerprint, with 32 bits of its content, and says what was known of it. */
  add(key: Fingerprint, content: number): Sighting {
    const { low } = key
    const high = highOf(key)
    const place = this.tableOf(high).place(high, low)
    const known = this.find(place, high, low)
    if (known !== undefined) return known === content ? "same" : "different"
    this.put(place, high, low, content)
    this.remember(high, low, content)
    return "new"
  }

  private emptyTables(): ReadonlyArray<SeenTable> {
    const { memory } = this
    if (memory === null) return Array.from({ length: tables }, () => new SeenTable())
    const each = memory.length / tables
    return Array.from(
      { length: tables },
      (_, index) => new SeenTable(memory.subarray(index * each, (index + 1) * each)),
    )
  }

  private tableOf(high: number): SeenTable {
    return this.parts[indexOf(high)] as SeenTable
  }

  private find(place: number, high: number, low: number): number | undefined {
    return this.tableOf(high).contentAt(place) ?? this.shelf?.find(indexOf(high), high, low)
  }

  private put(place: number, high: number, low: number, content: number): void {
    this.tableOf(high).put(place, high, low, content)
    this.size++
    this.held++
    if (this.shelf === null || this.held < this.mostHeld) return
    this.shelf.put(this.parts, this.held)
    this.memory?.fill(0)
    this.parts = this.emptyTables()
    this.held = 0
  }

  private remember(high: number, low: number, content: number): void {
    if (this.freshBytes === this.fresh.length) {
      const larger = Buffer.allocUnsafeSlow(this.fresh.length * 2)
      this.fresh.copy(larger)
      this.fresh = larger
      this.freshNumbers = new DataView(larger.buffer)
    }
    const { freshBytes, freshNumbers } = this
    freshNumbers.setUint32(freshBytes, high, true)
    freshNumbers.setUint32(freshBytes + 4, low, true)
    freshNumbers.setUint32(freshBytes + 8, content, true)
    this.freshBytes = freshBytes + entryBytes
  }
}
