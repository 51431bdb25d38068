/** Says of most keys that are not in a set that they are not, in 2 bytes a key: a Bloom filter whose bits of one key lie in one word. */
import type { SeenTable } from "./SeenTable.ts"

const bitsPerKey = 16
const wordBits = 32

/** Three bits of a word, chosen by bits of the fingerprint that choose neither the table nor the word. */
const mask = (high: number): number => (1 << (high & 31)) | (1 << ((high >>> 5) & 31)) | (1 << ((high >>> 10) & 31))

export class SeenFilter {
  private readonly words: Int32Array

  /** For about so many keys. */
  constructor(size: number) {
    this.words = new Int32Array(Math.max(1, Math.ceil((size * bitsPerKey) / wordBits)))
  }

  /** Takes all keys of a table. */
  addAll(table: SeenTable): void {
    const { words } = this
    table.forEach((high, low) => {
      const at = low % words.length
      words[at] = (words[at] as number) | mask(high)
    })
  }

  /** False when the key was surely not taken. */
  mayHold(high: number, low: number): boolean {
    const bits = mask(high)
    return ((this.words[low % this.words.length] as number) & bits) === bits
  }
}
