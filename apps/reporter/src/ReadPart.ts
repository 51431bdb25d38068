/** Reads from the flags which shard of an export is asked for. */
import { Effect, Option } from "effect"
import type { ExportFlags } from "./Flags.ts"
import { type ReporterError, usage } from "./ReporterError.ts"
import { type Part, parsePart } from "./Shard.ts"

/** The shard that the flags name; `null` for the whole. */
export const readPart = Effect.fnUntraced(function* (flags: ExportFlags): Effect.fn.Return<Part | null, ReporterError> {
  if (Option.isNone(flags.shard)) return null
  if (Option.isSome(flags.output))
    return yield* usage(
      "--shard writes a run directory, which --output excludes.",
      "Give --out, and merge the shards with `merge DIR… --out DIR`.",
    )
  for (const [given, name] of [
    [flags.failOnEmpty, "--fail-on-empty"],
    [flags.latest, "--latest"],
  ] as const)
    if (given) return yield* usage(`${name} is about the whole, not about one shard.`, `Give ${name} to merge.`)
  return yield* Effect.fromResult(parsePart(flags.shard.value, process.env))
})
