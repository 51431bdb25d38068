/** The kinds of flags that there are: text, a switch, a count, a length of time. */
import { parseSpan } from "@mixpeek-alerts/domain"
import { Option } from "effect"
import { Flag } from "effect/cli"

export const text = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(description), Flag.optional)

export const toggle = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.withoutNegation, Flag.withDefault(false))

export const count = (name: string, description: string, most: number) =>
  Flag.Int(name).pipe(
    Flag.withMetavar("N"),
    Flag.withDescription(description),
    Flag.filter(
      (value) => value >= 1 && value <= most,
      (value) => `Expected 1 to ${most}, got ${value}`,
    ),
  )

/** A length of time in milliseconds, up to a day; a bare number counts seconds. */
export const span = (name: string, description: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar("TIME"),
    Flag.withDescription(description),
    Flag.filterMap(
      (given) =>
        Option.filter(
          parseSpan(/^\d+$/.test(given) ? `${given}s` : given),
          (millis) => millis >= 1 && millis <= 86_400_000,
        ),
      (given) => `Expected a time like 30s or 10m, at most 24h, got ${JSON.stringify(given)}`,
    ),
  )
