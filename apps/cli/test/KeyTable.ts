/** The key table as the README shows it, made from the table that the program uses. */
import { keysOf } from "../src/tui/Help.ts"
import { bindings } from "../src/tui/Keys.ts"
import type { Mode } from "../src/tui/Mode.ts"

const places: ReadonlyArray<readonly [string, ReadonlyArray<Mode>]> = [
  ["everywhere", ["list", "matches", "tree", "lines", "history", "alerts"]],
  ["list, execution", ["list", "matches", "tree", "lines", "history"]],
  ["execution", ["matches", "tree", "lines", "history"]],
  ["everywhere but list and history", ["matches", "tree", "lines", "alerts", "compare"]],
  ["everywhere but list, trees and trends", ["matches", "lines", "history", "alerts", "compare"]],
  ["list, history", ["list", "history"]],
  ["list, trends", ["list", "chart", "buckets"]],
  ["trends", ["chart", "buckets"]],
  ["trends as pictures", ["chart"]],
  ["trends as a table", ["buckets"]],
  ["history", ["history"]],
  ["alerts", ["alerts"]],
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
