/**
 * Which executions were written already, in 12 bytes each.
 *
 * A key is remembered by 64 bits and its row by 32, in one open table,
 * so that a million executions take about 20 MB and not the hundreds that a
 * `Set` of strings would. Two keys out of a million share 64 bits with a
 * probability of about 3 in 100 million.
 */
import { type Fingerprint, fingerprint } from "@mixpeek-alerts/domain"

const startSlots = 1 << 14
const growth = 1.5
const fullness = 0.75

const entryBytes = 12

/** What is known of a key: nothing, the same row, or a row that differs. */
export type Sighting = "new" | "same" | "different"

/** The first half is never zero, since zero marks an empty slot. */
const fingerprintOf = (key: string): Fingerprint => {
  const { high, low } = fingerprint(key)
  return { high: high === 0 ? 1 : high, low }
}

export class Seen {
  private highs = new Uint32Array(startSlots)
  private lows = new Uint32Array(startSlots)
  private rows = new Uint32Array(startSlots)
  private fresh: Array<Buffer> = []
  size = 0

  /** What `drain` gave over the life of a run, read back. */
  static from(bytes: Buffer): Seen {
    const seen = new Seen()
    for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
      const key = { high: bytes.readUInt32LE(at), low: bytes.readUInt32LE(at + 4) }
      seen.put(key, bytes.readUInt32LE(at + 8))
    }
    return seen
  }

  /** What was added since the last call, as bytes to be kept. */
  drain(): Buffer {
    const bytes = Buffer.concat(this.fresh)
    this.fresh = []
    return bytes
  }

  /** Whether a key was added. */
  has(key: string): boolean {
    return this.highs[this.find(fingerprintOf(key))] !== 0
  }

  /** Remembers a key with its row, and says what was known of it. */
  add(key: string, row: string): Sighting {
    const short = fingerprintOf(key)
    const content = fingerprint(row).low
    const slot = this.find(short)
    if (this.highs[slot] !== 0) return this.rows[slot] === content ? "same" : "different"
    this.put(short, content)
    const entry = Buffer.allocUnsafe(entryBytes)
    entry.writeUInt32LE(short.high, 0)
    entry.writeUInt32LE(short.low, 4)
    entry.writeUInt32LE(content, 8)
    this.fresh.push(entry)
    return "new"
  }

  private put(key: Fingerprint, content: number): void {
    if (this.size >= this.highs.length * fullness) this.grow()
    const slot = this.find(key)
    this.highs[slot] = key.high
    this.lows[slot] = key.low
    this.rows[slot] = content
    this.size++
  }

  /** The slot that holds the key, or the empty one where it belongs. */
  private find({ high, low }: Fingerprint): number {
    const { highs, lows } = this
    let slot = low % highs.length
    while (highs[slot] !== 0 && (highs[slot] !== high || lows[slot] !== low)) slot = (slot + 1) % highs.length
    return slot
  }

  private grow(): void {
    const { highs, lows, rows } = this
    const slots = Math.ceil(highs.length * growth)
    this.highs = new Uint32Array(slots)
    this.lows = new Uint32Array(slots)
    this.rows = new Uint32Array(slots)
    for (let old = 0; old < highs.length; old++) {
      const high = highs[old] as number
      if (high === 0) continue
      const low = lows[old] as number
      const slot = this.find({ high, low })
      this.highs[slot] = high
      this.lows[slot] = low
      this.rows[slot] = rows[old] as number
    }
  }
}
