/** One of the small tables of `Seen`: open addressing over flat memory, 12 bytes an entry. */

const startSlots = 64
const growth = 1.25
const fullness = 0.85

/** The numbers of one entry: both halves of the key's fingerprint, and its content. */
const width = 3

export class SeenTable {
  private slots = startSlots
  private entries = new Uint32Array(startSlots * width)
  private size = 0

  /** The content that a key was put with; undefined when it was not. */
  find(high: number, low: number): number | undefined {
    const at = this.slotOf(high, low)
    return this.entries[at] === 0 ? undefined : this.entries[at + 2]
  }

  /** Adds a key that is not there. `high` is not zero. */
  put(high: number, low: number, content: number): void {
    if (this.size >= this.slots * fullness) this.grow()
    this.write(high, low, content)
    this.size++
  }

  private write(high: number, low: number, content: number): void {
    const at = this.slotOf(high, low)
    this.entries[at] = high
    this.entries[at + 1] = low
    this.entries[at + 2] = content
  }

  /** Where the key lies, or the empty place where it belongs. */
  private slotOf(high: number, low: number): number {
    const { entries } = this
    const end = entries.length
    let at = (low % this.slots) * width
    while (entries[at] !== 0 && (entries[at] !== high || entries[at + 1] !== low)) {
      at += width
      if (at === end) at = 0
    }
    return at
  }

  private grow(): void {
    const old = this.entries
    this.slots = Math.ceil(this.slots * growth)
    this.entries = new Uint32Array(this.slots * width)
    for (let at = 0; at < old.length; at += width) {
      if (old[at] !== 0) this.write(old[at] as number, old[at + 1] as number, old[at + 2] as number)
    }
  }
}
