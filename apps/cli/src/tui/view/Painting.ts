/** The picture as text for a terminal. Colours fall away with the theme; bold, faint and inverse stay. */
import chalk, { type ChalkInstance } from "chalk"
import type { Model, Theme } from "../Model.ts"
import { type Color, palettes } from "../Palette.ts"
import { filled, type Span } from "./Line.ts"
import { picture } from "./Picture.ts"

/** The last signs that are not ASCII: marks of this program, and the same characters in data. */
const asciiTwins: Readonly<Record<string, string>> = {
  "…": "~",
  "·": "-",
  "›": ">",
  "—": "-",
  "▏": "_",
  "↑": "^",
  "↓": "v",
}
const toAscii = (text: string): string => text.replaceAll(/[…·›—▏↑↓]/g, (sign) => asciiTwins[sign] ?? sign)

const isHex = (color: Color): color is `#${string}` => color.startsWith("#")

const colored = (pen: ChalkInstance, color: Color | null): ChalkInstance =>
  color === null ? pen : isHex(color) ? pen.hex(color) : pen[color]

const penFor = ({ bold, dim, inverse, tone }: Span, theme: Theme): ChalkInstance => {
  const { dims, ground, tones } = palettes[theme.palette]
  let pen: ChalkInstance = chalk
  if ((dim === true || tone === "quiet") && (dims || !theme.color)) pen = pen.dim
  if (theme.color) pen = colored(pen, tones[tone ?? "plain"])
  if (theme.color && ground !== null) pen = pen.bgHex(ground)
  if (bold === true || (tone === "error" && !dims)) pen = pen.bold
  return inverse === true ? pen.inverse : pen
}

const draw = (span: Span, theme: Theme): string => penFor(span, theme)(theme.ascii ? toAscii(span.text) : span.text)

/** The rows of the screen from top to bottom. */
export const painted = (model: Model): ReadonlyArray<string> => {
  const { size, theme } = model
  // A ground lies under what is empty as well.
  const whole = theme.color && palettes[theme.palette].ground !== null
  return picture(model).map((line) =>
    (whole ? filled(line, size.columns) : line).map((span) => draw(span, theme)).join(""),
  )
}
