/** One line of the screen: pieces of text with a style. Colours fall away with the theme; bold and inverse stay. */
import { Box, Text, type TextProps } from "ink"
import type { ReactElement } from "react"
import { cells, truncate } from "../../text/Width.ts"
import type { Theme } from "../Model.ts"
import { palettes, type Tone } from "../Palette.ts"

export interface Span {
  readonly text: string
  readonly tone?: Tone
  readonly bold?: boolean
  readonly dim?: boolean
}

export const span = (text: string, tone: Tone = "plain", style: { bold?: boolean; dim?: boolean } = {}): Span => ({
  text,
  tone,
  ...style,
})

const styleOf = (theme: Theme, { bold, dim, tone }: Span): TextProps => {
  const palette = palettes[theme.palette]
  const color = theme.color ? palette.tones[tone ?? "plain"] : null
  return {
    ...(color === null ? {} : { color }),
    ...(bold === true || (tone === "error" && !palette.dims) ? { bold: true } : {}),
    ...((dim === true || tone === "quiet") && (palette.dims || !theme.color) ? { dimColor: true } : {}),
  }
}

/** What lies under a part of the screen: nothing, unless the theme has a ground of its own. */
export const groundOf = (theme: Theme): { readonly backgroundColor?: string } => {
  const { ground } = palettes[theme.palette]
  return theme.color && ground !== null ? { backgroundColor: ground } : {}
}

/** The spans cut to `width` cells. */
export const fit = (spans: ReadonlyArray<Span>, width: number): ReadonlyArray<Span> => {
  const kept: Array<Span> = []
  let room = width
  for (const one of spans) {
    if (room <= 0) break
    const text = truncate(one.text, room)
    kept.push(text === one.text ? one : { ...one, text })
    room -= cells(text)
  }
  return kept
}

/** The cells of all of them. */
export const widthOf = (spans: ReadonlyArray<Span>): number => spans.reduce((sum, { text }) => sum + cells(text), 0)

/** Two groups at the two ends of a line; the left one gives way. */
export const ends = (start: ReadonlyArray<Span>, end: ReadonlyArray<Span>, width: number): ReadonlyArray<Span> => {
  const last = fit(end, width)
  const first = fit(start, Math.max(0, width - widthOf(last) - 1))
  const gap = Math.max(0, width - widthOf(first) - widthOf(last))
  return [...first, span(" ".repeat(gap)), ...last]
}

export interface LineProps {
  readonly spans: ReadonlyArray<Span>
  readonly theme: Theme
  readonly width: number
  /** The line that the cursor is on: drawn inverse over the whole width. */
  readonly selected?: boolean
}

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

export const Line = ({ selected = false, spans, theme, width }: LineProps): ReactElement => {
  const fitting = fit(spans, width)
  const padded = selected ? [...fitting, span(" ".repeat(Math.max(0, width - widthOf(fitting))))] : fitting
  const shown = padded.length === 0 || widthOf(padded) === 0 ? [span(" ")] : padded
  return (
    <Box height={1} flexShrink={0}>
      <Text wrap="truncate" inverse={selected}>
        {shown.map((one, index) => (
          <Text key={index} {...styleOf(theme, selected ? { text: one.text, bold: one.bold === true } : one)}>
            {theme.ascii ? toAscii(one.text) : one.text}
          </Text>
        ))}
      </Text>
    </Box>
  )
}
