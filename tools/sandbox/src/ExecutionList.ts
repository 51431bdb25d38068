/** The executions of the namespace or of one alert, newest first, found by walking indexes. */
import { alerts, type Sample } from "@mixpeek-alerts/domain/Sample"

/** Where a page begins, what is on it, and where the next one begins. All are indexes of the sample. */
export interface Span {
  readonly start: number
  readonly indexes: ReadonlyArray<number>
  readonly next: number | null
}

export interface ExecutionList {
  /** What cursors of this list are bound to. */
  readonly name: string
  /** The true number of executions; counted once, then only what is new. */
  readonly size: () => number
  /** The page from the execution at `start` to older ones; from the newest when it is undefined. */
  readonly span: (start: number | undefined, limit: number) => Span
  /** The index of the execution at a place counted from the newest; -1 past the end. */
  readonly at: (offset: number) => number
  /** Up to `count` executions just newer than an index, newest first. */
  readonly newerThan: (index: number, count: number) => ReadonlyArray<number>
}

export const executionList = (sample: Sample, executions: () => number, alert: number | undefined): ExecutionList => {
  const belongs = (index: number): boolean => alert === undefined || sample.alertOf(index) === alert

  /** The nearest execution of this list at or below an index. */
  const settle = (from: number): number => {
    let index = from
    while (index >= 0 && !belongs(index)) index--
    return index
  }

  let counted = 0
  let size = 0
  return {
    name: alert === undefined ? "executions" : (alerts[alert]?.alertId ?? ""),
    size: () => {
      if (alert === undefined) return executions()
      for (; counted < executions(); counted++) if (belongs(counted)) size++
      return size
    },
    span: (start, limit) => {
      const first = settle(start ?? executions() - 1)
      const indexes: Array<number> = []
      let index = first
      while (index >= 0 && indexes.length < limit) {
        indexes.push(index)
        index = settle(index - 1)
      }
      return { start: first, indexes, next: index < 0 ? null : index }
    },
    at: (offset) => {
      if (alert === undefined) return Math.max(-1, executions() - 1 - offset)
      let index = settle(executions() - 1)
      for (let left = offset; left > 0 && index >= 0; left--) index = settle(index - 1)
      return index
    },
    newerThan: (index, count) => {
      const found: Array<number> = []
      for (let at = index + 1; at < executions() && found.length < count; at++) if (belongs(at)) found.unshift(at)
      return found
    },
  }
}
