/** One of the small tables of `Seen`: open addressing over flat memory, 12 bytes an entry. */

const startSlots = 64
const width = 3
const growth = 1.25
const fullness = 0.85

type Visit = (high: number, low: number, content: number) => void

const each = (entries: Uint32Array, visit: Visit): void => {
  for (let at = 0; at < entries.length; at += width) {
    const high = entries[at] as number
    if (high !== 0) visit(high, entries[at + 1] as number, entries[at + 2] as number)
  }
}

export class SeenTable {
  /** The numbers of one entry: both halves of the key's fingerprint, and its content. */
  static readonly width = width

  private slots: number
  /** What is kept, slot by slot; a slot whose first number is zero is empty. */
  entries: Uint32Array<ArrayBuffer>
  private size = 0

  /** An empty table in memory of its own or in that which is given, or a full one out of the {@link entries} of another. */
  constructor(entries: Uint32Array<ArrayBuffer> = new Uint32Array(startSlots * width)) {
    this.entries = entries
    this.slots = entries.length / width
  }

  /** Where a key lies, or the empty place where it belongs. `high` is not zero. */
  place(high: number, low: number): number {
    const { entries } = this
    const end = entries.length
    let at = (low % this.slots) * width
    while (entries[at] !== 0 && (entries[at] !== high || entries[at + 1] !== low)) {
      at += width
      if (at === end) at = 0
    }
    return at
  }

  /** The content that the key at a place was put with; undefined when the place is empty. */
  contentAt(at: number): number | undefined {
    return this.entries[at] === 0 ? undefined : this.entries[at + 2]
  }

  /** Puts a key at its place, which is empty. Places that were asked for before no longer count. */
  put(at: number, high: number, low: number, content: number): void {
    this.fill(at, high, low, content)
    this.size++
    if (this.size >= this.slots * fullness) this.grow()
  }

  /** Visits every key. */
  forEach(visit: Visit): void {
    each(this.entries, visit)
  }

  private fill(at: number, high: number, low: number, content: number): void {
    this.entries[at] = high
    this.entries[at + 1] = low
    this.entries[at + 2] = content
  }

  private grow(): void {
    const old = this.entries
    this.slots = Math.ceil(this.slots * growth)
    this.entries = new Uint32Array(this.slots * width)
    each(old, (high, low, content) => this.fill(this.place(high, low), high, low, content))
  }
}
