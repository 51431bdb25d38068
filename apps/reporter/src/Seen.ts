/**
 * Which executions were written already, in 12 bytes each.
 *
 * A key is remembered by 64 bits of SHA-1 and its row by 32, in one table of a
 * fixed share of empty slots, so that a million executions take 25 MB and not
 * the hundreds that a `Set` of strings would. Two keys out of a million share
 * 64 bits with a probability of about 3 in 100 million.
 */
import { hash } from "node:crypto"

/** What is known of a key: nothing, the same row, or a row that differs. */
export type Sighting = "new" | "same" | "different"

const startSlots = 1 << 16
const fullness = 0.6

export class Seen {
  private slots = startSlots
  private keys = new BigUint64Array(startSlots)
  private rows = new Uint32Array(startSlots)
  size = 0

  /** Remembers a key with its row, and says what was known of it. */
  add(key: string, row: string): Sighting {
    const digest = hash("sha1", key, "buffer")
    const fingerprint = digest.readBigUInt64LE(0) || 1n
    const content = hash("sha1", row, "buffer").readUInt32LE(0)
    if (this.size >= this.slots * fullness) this.grow()
    const slot = this.find(fingerprint)
    if (this.keys[slot] === fingerprint) return this.rows[slot] === content ? "same" : "different"
    this.keys[slot] = fingerprint
    this.rows[slot] = content
    this.size++
    return "new"
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
