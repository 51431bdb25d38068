/** What the charts have in common: where the plot lies in its picture, the grid, and the marks on the axes. */
import { html, type Html } from "../Html.ts"

/** A picture is drawn for a place: beside others and on telephones it is narrow. */
export interface Place {
  readonly width: number
  readonly height: number
}

export const wide: Place = { width: 1000, height: 260 }
export const narrow: Place = { width: 340, height: 220 }

export interface Plot {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Where the picture ends; nothing may be written beyond. */
  readonly edge: number
}

export const plotOf = ({ height, width }: Place, right = 4): Plot => ({
  left: 58,
  right: width - right,
  top: 10,
  bottom: height - 26,
  edge: width,
})

export interface Mark {
  readonly at: number
  readonly text: string
}

const fixed = (value: number): string => value.toFixed(1).replace(/\.0$/, "")

/** Lines across the plot, with their values on the left. */
export const grid = (plot: Plot, marks: ReadonlyArray<Mark>): Html =>
  html`${marks.map(
    ({ at, text }) =>
      html`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${fixed(at)}" y2="${fixed(at)}" /><text
          class="tick"
          x="${plot.left - 8}"
          y="${fixed(at)}"
          dy="0.32em"
          text-anchor="end"
          >${text}</text
        >`,
  )}`

/** The marks below the plot; those that would not fit are left out. */
export const below = (plot: Plot, marks: ReadonlyArray<Mark>): Html => {
  let free = Number.NEGATIVE_INFINITY
  const fitting = marks.filter(({ at, text }) => {
    const half = text.length * 3.6
    if (at - half < free || at + half > plot.edge) return false
    free = at + half + 10
    return true
  })
  return html`<line
      class="axis"
      x1="${plot.left}"
      x2="${plot.right}"
      y1="${plot.bottom}"
      y2="${plot.bottom}"
    />${fitting.map(
      ({ at, text }) =>
        html`<text class="tick" x="${fixed(at)}" y="${plot.bottom + 18}" text-anchor="middle">${text}</text>`,
    )}`
}

/** A bar; one that stands for something is never too thin to be seen. */
export const bar = (kind: string, x: number, y: number, width: number, height: number): Html | null =>
  height <= 0
    ? null
    : html`<rect
        class="${kind}"
        x="${fixed(x)}"
        y="${fixed(y)}"
        width="${fixed(Math.max(width, 1))}"
        height="${fixed(Math.max(height, 0.6))}"
      />`

/** A picture with the words that stand for it. */
export const picture = (place: Place, kind: string, label: string, content: ReadonlyArray<Html | null>): Html =>
  html`<svg class="${kind}" viewBox="0 0 ${place.width} ${place.height}" role="img" aria-label="${label}">
    ${content.filter((one) => one !== null)}
  </svg>`

/** The same picture for wide screens and for narrow ones; the style sheet shows one of them. */
export const responsive = (draw: (place: Place, kind: string) => Html): Html =>
  html`${draw(wide, "wide")}${draw(narrow, "narrow")}`
