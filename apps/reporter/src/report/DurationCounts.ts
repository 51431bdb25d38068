/**
 * Durations, counted so that any percentile can be told without keeping them:
 * exact below 256 ms, and within 0.4 % above, in a few kilobytes.
 */
export class DurationCounts {
  private readonly counts = new Map<number, number>()
  total = 0
  max = 0

  add(millis: number): void {
    const step = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, millis))) - 7)
    const rounded = Math.round(millis / step) * step
    this.counts.set(rounded, (this.counts.get(rounded) ?? 0) + 1)
    this.total++
    this.max = Math.max(this.max, millis)
  }

  merge(other: DurationCounts): void {
    for (const [millis, count] of other.counts) this.counts.set(millis, (this.counts.get(millis) ?? 0) + count)
    this.total += other.total
    this.max = Math.max(this.max, other.max)
  }

  /** The smallest duration that at least this share of all reaches; `null` when there are none. */
  percentile(share: number): number | null {
    let left = Math.max(1, Math.ceil(this.total * share))
    for (const [millis, count] of [...this.counts].sort(([a], [b]) => a - b)) {
      left -= count
      if (left <= 0) return Math.min(millis, this.max)
    }
    return null
  }
}
