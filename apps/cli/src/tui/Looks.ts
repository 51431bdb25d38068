/** In which colours, and by which clock, things are shown. */
import type { Times } from "../text/Moment.ts"
import type { Model } from "./Model.ts"
import { nextPalette, palettes } from "./Palette.ts"

/** The next theme. Whoever presses the key wants colours, whatever NO_COLOR says; `mono` has none. */
export const themed = (model: Model): Model => {
  const palette = nextPalette(model.theme.palette)
  return {
    ...model,
    theme: { ...model.theme, color: palette !== "mono", palette },
    notice: `Theme ${palette}: ${palettes[palette].about}. To keep it: mixpeek-alerts config set theme ${palette}`,
  }
}

const timesInTurn: ReadonlyArray<Times> = ["relative", "utc", "local"]
const timesNames: Readonly<Record<Times, string>> = {
  relative: "how long ago",
  utc: "in UTC",
  local: "local, as the clock of this machine shows them",
}

/** The next way to tell times. */
export const nextTimes = (model: Model): Model => {
  const times = timesInTurn[(timesInTurn.indexOf(model.times) + 1) % timesInTurn.length] ?? "relative"
  return { ...model, times, notice: `Times are ${timesNames[times]}.` }
}
