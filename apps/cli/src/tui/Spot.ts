/** A place in something that scrolls: the line that is selected, and the first line that is shown. */

export interface Spot {
  readonly index: number
  readonly top: number
}

export const start: Spot = { index: 0, top: 0 }

/** The same place after the number of lines or the height changed. */
export const settle = (spot: Spot, count: number, height: number): Spot => {
  const index = Math.max(0, Math.min(spot.index, count - 1))
  const visible = Math.max(1, height)
  const lowest = Math.max(0, count - visible)
  const top = Math.min(lowest, Math.max(index - visible + 1, Math.min(spot.top, index)))
  return index === spot.index && top === spot.top ? spot : { index, top }
}

/** How far each way of moving goes. */
export type Move = "up" | "down" | "pageUp" | "pageDown" | "halfUp" | "halfDown" | "first" | "last"

export const move = (spot: Spot, by: Move, count: number, height: number): Spot => {
  const page = Math.max(1, height - 1)
  const half = Math.max(1, Math.floor(height / 2))
  const steps: Record<Move, number> = {
    up: -1,
    down: 1,
    pageUp: -page,
    pageDown: page,
    halfUp: -half,
    halfDown: half,
    first: -count,
    last: count,
  }
  const index = Math.max(0, Math.min(count - 1, spot.index + steps[by]))
  return settle({ index, top: spot.top }, count, height)
}
