/** The key table as the README shows it, made from the table that the program uses. */
import { keysOf } from "../src/tui/Help.ts"
import { bindings, type Mode } from "../src/tui/Keys.ts"

const places: ReadonlyArray<readonly [string, ReadonlyArray<Mode>]> = [
  ["list", ["list"]],
  ["execution", ["matches", "tree", "lines"]],
]

const where = (modes: ReadonlyArray<Mode>): string => {
  const found = places.filter(([, own]) => own.some((mode) => modes.includes(mode))).map(([name]) => name)
  if (found.length > 0) return found.join(", ")
  return modes.includes("reading") ? "text" : modes.includes("firstRun") ? "welcome" : "error"
}

/** Markdown, one row a binding. */
export const keyTable = (): string =>
  [
    "| key | does | where |",
    "|---|---|---|",
    ...bindings.map(
      (binding) => `| \`${keysOf(binding).replaceAll(" ", "` `")}\` | ${binding.help} | ${where(binding.modes)} |`,
    ),
  ].join("\n")
