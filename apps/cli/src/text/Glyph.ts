/** The few signs of the screen, and their ASCII twins for terminals that draw them badly. */

export interface Glyphs {
  readonly fired: string
  readonly quiet: string
  readonly broken: string
  readonly selected: string
  readonly folded: string
  readonly open: string
  readonly guide: string
  readonly rule: string
  readonly none: string
  readonly arrows: string
  readonly sides: string
}

const unicode: Glyphs = {
  fired: "●",
  quiet: "○",
  broken: "!",
  selected: "▸",
  folded: "▸",
  open: "▾",
  guide: "│ ",
  rule: "─",
  none: "—",
  arrows: "↑↓",
  sides: "←→",
}

const plain: Glyphs = {
  fired: "*",
  quiet: "-",
  broken: "!",
  selected: ">",
  folded: "+",
  open: "-",
  guide: "| ",
  rule: "-",
  none: "-",
  arrows: "up/dn",
  sides: "lt/rt",
}

export const glyphs = (ascii: boolean): Glyphs => (ascii ? plain : unicode)

/** Our own words with their arrows and dots, which ASCII has others for. */
export const spelled = (text: string, ascii: boolean): string =>
  ascii ? text.replaceAll("↓", " down").replaceAll("↑", " up").replaceAll("·", "-") : text
