/** The colours of the screen. No colour says anything alone: there is always a sign or a word. */

import type { ForegroundColorName } from "chalk"

export type Tone = "fired" | "quiet" | "error" | "name" | "number" | "accent" | "plain"

export const paletteNames = ["terminal", "safe", "high", "mono"] as const
export type PaletteName = (typeof paletteNames)[number]

/** One of the terminal's own 16, or any. */
export type Color = ForegroundColorName | `#${string}`

export interface Palette {
  /** What it is, in a few words. */
  readonly about: string
  /** The colour of each tone; `null` is the terminal's own. */
  readonly tones: Readonly<Record<Tone, Color | null>>
  /** Drawn under everything; `null` leaves the terminal's own. */
  readonly ground: `#${string}` | null
  /** Whether what is less important is drawn faint. */
  readonly dims: boolean
}

const all = (color: Color | null): Palette["tones"] => ({
  fired: color,
  quiet: color,
  error: color,
  name: color,
  number: color,
  accent: color,
  plain: color,
})

/** As far from black as from white, so that both can be read on either: at least 4.5 to 1 (WCAG AA). */
const orange = "#b36200"
const blue = "#2176d2"

export const palettes: Readonly<Record<PaletteName, Palette>> = {
  terminal: {
    about: "the terminal's own 16 colours",
    tones: { ...all(null), fired: "yellow", error: "magenta", name: "cyan", number: "blueBright", accent: "cyan" },
    ground: null,
    dims: true,
  },
  safe: {
    about: "blue and orange, which everyone can tell apart",
    tones: { ...all(null), fired: orange, error: orange, name: blue, number: blue, accent: blue },
    ground: null,
    dims: true,
  },
  high: {
    about: "high contrast on black",
    tones: { ...all("#ffffff"), fired: "#ffff00", error: "#ffaf00", name: "#00ffff", accent: "#00ffff" },
    ground: "#000000",
    dims: false,
  },
  mono: { about: "no colours", tones: all(null), ground: null, dims: true },
}

/** The one after this, around and around. */
export const nextPalette = (name: PaletteName): PaletteName =>
  paletteNames[(paletteNames.indexOf(name) + 1) % paletteNames.length] ?? "terminal"

export const isPaletteName = (text: string): text is PaletteName =>
  (paletteNames as ReadonlyArray<string>).includes(text)
