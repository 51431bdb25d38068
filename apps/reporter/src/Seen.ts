/**
 * Which executions were written already, in about 20 bytes each.
 *
 * A key is remembered by 64 bits and its content by 32, in many small open
 * tables, so that growing copies little at a time and a million executions
 * take about 20 MB, not the hundreds that a `Set` of strings would. Two keys
 * out of a million share 64 bits with a probability of about 3 in 100 million.
 */
import { type Fingerprint, fingerprint } from "@mixpeek-alerts/domain"
import { SeenTable } from "./SeenTable.ts"

const tables = 256
const entryBytes = 12

/** What is known of a key: nothing, the same content, or content that differs. */
export type Sighting = "new" | "same" | "different"

/** The first half of what is kept is never zero, since zero marks an empty slot. */
const highOf = ({ high }: Fingerprint): number => (high === 0 ? 1 : high)

export class Seen {
  private readonly parts = Array.from({ length: tables }, () => new SeenTable())
  private fresh = Buffer.allocUnsafe(entryBytes * 1024)
  private freshBytes = 0
  size = 0

  /** What `drain` gave over the life of a run, read back. */
  static from(bytes: Buffer): Seen {
    const seen = new Seen()
    for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
      const high = bytes.readUInt32LE(at)
      seen.partOf(high).put(high, bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 8))
      seen.size++
    }
    return seen
  }

  /** What was added since the last call, as bytes to be kept. */
  drain(): Buffer {
    const bytes = Buffer.from(this.fresh.subarray(0, this.freshBytes))
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
    return this.partOf(high).find(high, key.low) !== undefined
  }

  /** Remembers a key by its fingerprint, with 32 bits of its content, and says what was known of it. */
  add(key: Fingerprint, content: number): Sighting {
    const { low } = key
    const high = highOf(key)
    const part = this.partOf(high)
    const known = part.find(high, low)
    if (known !== undefined) return known === content ? "same" : "different"
    part.put(high, low, content)
    this.size++
    this.remember(high, low, content)
    return "new"
  }

  private partOf(high: number): SeenTable {
    return this.parts[high >>> 24] as SeenTable
  }

  private remember(high: number, low: number, content: number): void {
    if (this.freshBytes === this.fresh.length) {
      const larger = Buffer.allocUnsafe(this.fresh.length * 2)
      this.fresh.copy(larger)
      this.fresh = larger
    }
    this.fresh.writeUInt32LE(high, this.freshBytes)
    this.fresh.writeUInt32LE(low, this.freshBytes + 4)
    this.fresh.writeUInt32LE(content, this.freshBytes + 8)
    this.freshBytes += entryBytes
  }
}
