/** Points of a line, some of which may be missing. */
import { html, type Html } from "../Html.ts"

export interface Point {
  readonly x: number
  readonly y: number | null
}

/** Those without a neighbour, which a line would not show. */
export const alone = (points: ReadonlyArray<Point>): ReadonlyArray<Point> =>
  points.filter(
    (one, index) =>
      one.y !== null && (points[index - 1]?.y ?? null) === null && (points[index + 1]?.y ?? null) === null,
  )

export const dot = (kind: string, { x, y }: Point, radius: number): Html =>
  html`<circle class="${kind}" cx="${x.toFixed(1)}" cy="${(y ?? 0).toFixed(1)}" r="${radius}" />`
