/** Reads from the flags which shard of an export is asked for. */
import { parseSpan } from "@mixpeek-alerts/domain"
import { Effect, Option } from "effect"
import type { ExportFlags } from "./Flags.ts"
import { type ReporterError, usage } from "./ReporterError.ts"
import { type Part, parsePart } from "./Shard.ts"

const isRelative = (moment: string): boolean => Option.isSome(parseSpan(moment))

/** A relative time in a filter, as in `since:24h`. */
const relativeIn = (where: Option.Option<string>): string | undefined =>
  Option.getOrElse(where, () => "")
    .match(/\b(?:since|until):\S+/g)
    ?.find((term) => isRelative(term.slice("since:".length)))

/** The shard that the flags name; `null` for the whole. */
export const readPart = Effect.fnUntraced(function* (flags: ExportFlags): Effect.fn.Return<Part | null, ReporterError> {
  if (Option.isNone(flags.shard)) return null
  if (Option.isSome(flags.output))
    return yield* usage(
      "--shard writes a run directory, which --output excludes.",
      "Give --out, and merge the shards with `merge DIR… --out DIR`.",
    )
  for (const [given, name, hint] of [
    [flags.failOnEmpty, "--fail-on-empty", "Give it to merge."],
    [flags.latest, "--latest", "Give it to merge."],
    [Option.isSome(flags.state), "--state", "Export what is new without shards: it is little."],
    [Option.isSome(flags.keep), "--keep", "Leave it out: the other shards are runs too."],
  ] as const)
    if (given) return yield* usage(`${name} is about the whole, not about one shard.`, hint)
  const relative = [flags.since, flags.until].flatMap(Option.toArray).find(isRelative) ?? relativeIn(flags.where)
  if (relative !== undefined)
    return yield* usage(
      `${relative} counts back from the start of each shard, so that each would mean another time.`,
      "Give a date or a time, like 2026-03-01 or 2026-03-01T09:30:00Z.",
    )
  return yield* Effect.fromResult(parsePart(flags.shard.value, process.env))
})
