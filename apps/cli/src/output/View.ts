/** A table for people, fitted to the width of what it is printed on. */
import { cells, truncate } from "../text/Width.ts"
import { painted, type Surface } from "./Surface.ts"

export interface ViewColumn<A> {
  readonly title: string
  readonly align: "left" | "right"
  /** Text that is safe to print. */
  readonly text: (item: A, surface: Surface) => string
  /** The colour of a cell, as a terminal counts them. */
  readonly color?: (item: A) => string | null
  /** How narrow it may become; its widest text when left out. */
  readonly least?: number
  /** When it goes if there is no room: the highest first, 0 never. Decoration (9) goes before anything is cut. */
  readonly drop: number
}

interface Fitted<A> {
  readonly column: ViewColumn<A>
  readonly width: number
}

const gap = 2
const decoration = 9

const widthOf = <A>(fitted: ReadonlyArray<Fitted<A>>): number =>
  fitted.reduce((sum, { width }) => sum + width + gap, -gap)

/** Takes cells from the widest column that may give some, until all fit or none can. */
const squeezed = <A>(natural: ReadonlyArray<Fitted<A>>, columns: number): ReadonlyArray<Fitted<A>> => {
  const fitted = natural.map((one) => ({ ...one }))
  for (let excess = widthOf(fitted) - columns; excess > 0; excess--) {
    const [widest] = fitted
      .filter(({ column, width }) => width > (column.least ?? Number.POSITIVE_INFINITY))
      .sort((one, other) => other.width - one.width)
    if (widest === undefined) break
    widest.width--
  }
  return fitted
}

const fit = <A>(natural: ReadonlyArray<Fitted<A>>, columns: number): ReadonlyArray<Fitted<A>> => {
  if (widthOf(natural) <= columns) return natural
  const [first] = [...natural].sort((one, other) => other.column.drop - one.column.drop)
  const without = natural.filter((one) => one !== first)
  if (first !== undefined && first.column.drop >= decoration) return fit(without, columns)
  const narrow = squeezed(natural, columns)
  if (widthOf(narrow) <= columns || first === undefined || first.column.drop === 0) return narrow
  return fit(without, columns)
}

/** The lines of a table; the first items decide how wide its columns are. */
export class View<A> {
  private readonly columns: ReadonlyArray<ViewColumn<A>>
  private readonly surface: Surface
  private fitted: ReadonlyArray<Fitted<A>> | null = null

  constructor(columns: ReadonlyArray<ViewColumn<A>>, surface: Surface) {
    this.columns = columns
    this.surface = surface
  }

  /** Decides the widths, if that was not done before. */
  measure(items: ReadonlyArray<A>): ReadonlyArray<Fitted<A>> {
    this.fitted ??= fit(
      this.columns.map((column) => ({
        column,
        width: items.reduce(
          (width, item) => Math.max(width, cells(column.text(item, this.surface))),
          cells(column.title),
        ),
      })),
      this.surface.columns,
    )
    return this.fitted
  }

  header(): string {
    const titles = this.measure([]).map(({ column, width }) => this.padded(column, width, column.title))
    return `${painted(this.surface, "2", titles.join("  ").trimEnd())}\n`
  }

  row(item: A): string {
    const texts = this.measure([item]).map(({ column, width }) => {
      const text = this.padded(column, width, column.text(item, this.surface))
      const color = column.color?.(item) ?? null
      return color === null ? text : this.colored(color, text)
    })
    return `${texts.join("  ").trimEnd()}\n`
  }

  /** Only the text is painted, not the space around it. */
  private colored(color: string, text: string): string {
    const trimmed = text.trim()
    return text.replace(trimmed, () => painted(this.surface, color, trimmed))
  }

  private padded(column: ViewColumn<A>, width: number, text: string): string {
    const whole = Number.isFinite(this.surface.columns) ? truncate(text, width, this.surface.ascii ? ".." : "…") : text
    const space = " ".repeat(Math.max(0, width - cells(whole)))
    return column.align === "left" ? whole + space : space + whole
  }
}
