/** A line with colours, cell by cell as a terminal holds it. */
import { cells as widthOf } from "../text/Width.ts"
import { graphemes } from "../tui/TextField.ts"

/** What one cell shows. The second half of something wide is a cell with no text. */
export interface Cell {
  readonly text: string
  /** The parameters that select its style, in one order; empty for none. */
  readonly style: string
}

/** What is where nothing was written. */
export const blank: Cell = { text: " ", style: "" }

// oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
const selection = /\u001b\[([\d;]*)m/g

/** A style by its aspects: weight, slant, colour and so on. One aspect ends without the others. */
type Style = Map<string, string>

const switches: Readonly<Record<string, string>> = {
  1: "bold",
  2: "dim",
  3: "italic",
  4: "under",
  7: "inverse",
  9: "struck",
}
const ends: Readonly<Record<string, ReadonlyArray<string>>> = {
  22: ["bold", "dim"],
  23: ["italic"],
  24: ["under"],
  27: ["inverse"],
  29: ["struck"],
  39: ["color"],
  49: ["ground"],
}

/** How many parameters a colour of 256, or of all, takes. */
const lengthOf = (kind: string | undefined): number => (kind === "5" ? 3 : kind === "2" ? 5 : 1)

const apply = (style: Style, parameters: string): void => {
  const parts = parameters === "" ? ["0"] : parameters.split(";")
  for (let at = 0; at < parts.length; at++) {
    const part = String(Number(parts[at]))
    const aspect = switches[part]
    if (part === "0") style.clear()
    else if (aspect !== undefined) style.set(aspect, part)
    else if (ends[part] !== undefined) for (const ended of ends[part]) style.delete(ended)
    else if (part === "38" || part === "48") {
      const length = lengthOf(parts[at + 1])
      style.set(part === "38" ? "color" : "ground", parts.slice(at, at + length).join(";"))
      at += length - 1
    } else style.set(/^(4\d|10\d)$/.test(part) ? "ground" : "color", part)
  }
}

/** The cells of a line that has no control sequences but those that select a style. */
export const cellsOf = (line: string): ReadonlyArray<Cell> => {
  const found: Array<Cell> = []
  const style: Style = new Map()
  let selected = ""
  const put = (text: string): void => {
    for (const one of graphemes(text)) {
      const width = widthOf(one)
      if (width > 0) found.push({ text: one, style: selected })
      for (let more = 1; more < width; more++) found.push({ text: "", style: selected })
    }
  }
  let from = 0
  for (const { 0: whole, 1: parameters = "", index } of line.matchAll(selection)) {
    put(line.slice(from, index))
    from = index + whole.length
    apply(style, parameters)
    selected = [...style.values()].sort().join(";")
  }
  put(line.slice(from))
  return found
}
