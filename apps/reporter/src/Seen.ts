/**
 * Which executions were written already, in 12 bytes each.
 *
 * A key is remembered by 64 bits of SHA-1 and its row by 32, in one table of a
 * fixed share of empty slots, so that a million executions take 25 MB and not
 * the hundreds that a `Set` of strings would. Two keys out of a million share
 * 64 bits with a probability of about 3 in 100 million.
 */
import { hash } from "node:crypto"

const entryBytes = 12

/** What is known of a key: nothing, the same row, or a row that differs. */
export type Sighting = "new" | "same" | "different"

const startSlots = 1 << 16
const fullness = 0.6

const fingerprintOf = (key: string): bigint => hash("sha1", key, "buffer").readBigUInt64LE(0) || 1n

export class Seen {
  private slots = startSlots
  private keys = new BigUint64Array(startSlots)
  private rows = new Uint32Array(startSlots)
  private fresh: Array<Buffer> = []
  size = 0

  /** What `drain` gave over the life of a run, read back. */
  static from(bytes: Buffer): Seen {
    const seen = new Seen()
    for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
      seen.put(bytes.readBigUInt64LE(at), bytes.readUInt32LE(at + 8))
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
    const fingerprint = fingerprintOf(key)
    return this.keys[this.find(fingerprint)] === fingerprint
  }

  /** Remembers a key with its row, and says what was known of it. */
  add(key: string, row: string): Sighting {
    const fingerprint = fingerprintOf(key)
    const content = hash("sha1", row, "buffer").readUInt32LE(0)
    const slot = this.find(fingerprint)
    if (this.keys[slot] === fingerprint) return this.rows[slot] === content ? "same" : "different"
    this.put(fingerprint, content)
    const entry = Buffer.allocUnsafe(entryBytes)
    entry.writeBigUInt64LE(fingerprint, 0)
    entry.writeUInt32LE(content, 8)
    this.fresh.push(entry)
    return "new"
  }

  private put(fingerprint: bigint, content: number): void {
    if (this.size >= this.slots * fullness) this.grow()
    const slot = this.find(fingerprint)
    this.keys[slot] = fingerprint
    this.rows[slot] = content
    this.size++
  }

  private find(fingerprint: bigint): number {
    let slot = Number(fingerprint & BigInt(this.slots - 1))
    while (this.keys[slot] !== 0n && this.keys[slot] !== fingerprint) slot = (slot + 1) & (this.slots - 1)
    return slot
  }

  private grow(): void {
    const { keys, rows } = this
    this.slots *= 2
    this.keys = new BigUint64Array(this.slots)
    this.rows = new Uint32Array(this.slots)
    for (let old = 0; old < keys.length; old++) {
      const fingerprint = keys[old] as bigint
      if (fingerprint === 0n) continue
      const slot = this.find(fingerprint)
      this.keys[slot] = fingerprint
      this.rows[slot] = rows[old] as number
    }
  }
}
