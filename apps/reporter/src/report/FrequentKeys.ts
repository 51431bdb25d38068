/** One of the most frequent keys. The true count lies between `count` and `count` plus {@link FrequentKeys.missed}. */
export interface Frequent {
  readonly key: string
  readonly count: number
  /** The highest value that came with the key. */
  readonly best: number | null
}

/**
 * The most frequent keys of a stream, however many different ones there are
 * (Misra and Gries): exact while they fit, and with a known error afterwards.
 */
export class FrequentKeys {
  private readonly capacity: number
  private entries = new Map<string, { count: number; best: number | null }>()
  /** How many occurrences of any one key may have gone uncounted; 0 while all keys fit. */
  missed = 0

  constructor(capacity: number) {
    this.capacity = capacity
  }

  add(text: string, value: number | null = null): void {
    const key = text.toWellFormed()
    const entry = this.entries.get(key)
    if (entry === undefined) {
      // A copy: a piece of a larger text would keep all of it in memory.
      this.entries.set(Buffer.from(key).toString(), { count: 1, best: value })
      if (this.entries.size > 2 * this.capacity) this.prune()
      return
    }
    entry.count++
    if (value !== null) entry.best = Math.max(entry.best ?? value, value)
  }

  get size(): number {
    return this.entries.size
  }

  /** The `limit` most frequent keys; of equally frequent ones the better, then the first by name. */
  top(limit: number): ReadonlyArray<Frequent> {
    return [...this.entries]
      .map(([key, { best, count }]) => ({ key, count, best }))
      .sort((a, b) => b.count - a.count || (b.best ?? 0) - (a.best ?? 0) || (a.key < b.key ? -1 : 1))
      .slice(0, limit)
  }

  private prune(): void {
    const counts = [...this.entries.values()].map((entry) => entry.count).sort((a, b) => b - a)
    const dropped = counts[this.capacity] ?? 0
    this.missed += dropped
    for (const [key, entry] of this.entries) {
      entry.count -= dropped
      if (entry.count <= 0) this.entries.delete(key)
    }
  }
}
