/** The key table as the README shows it, made from the table that the program uses. */
import { keysOf } from "../src/tui/Help.ts"
import { bindings, type Mode } from "../src/tui/Keys.ts"

const places: ReadonlyArray<readonly [string, ReadonlyArray<Mode>]> = [
  ["everywhere", ["list", "matches", "tree", "lines"]],
  ["execution", ["matches", "tree", "lines"]],
  ["list", ["list"]],
  ["matches, sources, raw", ["matches", "lines"]],
  ["matches", ["matches"]],
  ["trees", ["tree"]],
  ["text", ["reading"]],
  ["welcome", ["firstRun"]],
  ["error", ["noList"]],
]

const where = (modes: ReadonlyArray<Mode>): string =>
  places.find(([, own]) => own.every((mode) => modes.includes(mode)))?.[0] ?? ""

/** Markdown, one row a binding. */
export const keyTable = (): string =>
  [
    "| key | does | where | action |",
    "|---|---|---|---|",
    ...bindings.map(
      (binding) =>
        `| \`${keysOf(binding).replaceAll(" ", "` `")}\` | ${binding.help} | ${where(binding.modes)} | \`${binding.action}\` |`,
    ),
  ].join("\n")
