/** A figure held against what was promised. */

export interface Verdict {
  readonly what: string
  readonly value: number
  readonly atMost: number
  readonly unit: string
}

export const met = ({ atMost, value }: Verdict): boolean => value <= atMost

const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2))

/** One line for people. */
export const verdictLine = (verdict: Verdict): string => {
  const { atMost, unit, value, what } = verdict
  return `${met(verdict) ? "met   " : "MISSED"}  ${what}: ${shown(value)}${unit}, at most ${shown(atMost)}${unit}`
}
