/** `alerts`: what alerts there are. */
import { ExitCode, Mixpeek } from "@mixpeek-alerts/client"
import { Alert } from "@mixpeek-alerts/domain"
import { Effect, Schema, Stream } from "effect"
import type { Listing } from "../output/Listing.ts"
import { clean } from "../text/Clean.ts"
import { glyphs } from "../text/Glyph.ts"
import { say } from "./Failure.ts"
import { connected, type Invocation } from "./Invocation.ts"
import { printing } from "./Printing.ts"

export interface AlertsOptions {
  readonly invocation: Invocation
  /** Part of a name; empty for all. */
  readonly search: string
}

const encode = Schema.encodeSync(Alert)

const channels = (alert: Alert): string =>
  alert.notificationConfig.channels.map(({ channelType }) => channelType).join(", ")

const listing: Listing<Alert> = {
  noun: "alerts",
  columns: [
    { name: "alert_id", type: "string" },
    { name: "name", type: "string" },
    { name: "description", type: "string" },
    { name: "enabled", type: "boolean" },
    { name: "channels", type: "string" },
    { name: "include_matches", type: "boolean" },
    { name: "include_scores", type: "boolean" },
  ],
  members: ["notification_config"],
  cells: (alert) => [
    alert.alertId ?? null,
    alert.name,
    alert.description ?? null,
    alert.enabled ?? null,
    channels(alert),
    alert.notificationConfig.includeMatches,
    alert.notificationConfig.includeScores,
  ],
  json: (alert) => JSON.stringify(encode(alert)),
  id: ({ alertId }) => alertId ?? null,
  view: [
    {
      title: "state",
      align: "left",
      text: ({ enabled }, { ascii }) => {
        const { none, fired, quiet } = glyphs(ascii)
        return enabled == null ? none : enabled ? `${fired} on` : `${quiet} off`
      },
      color: ({ enabled }) => (enabled === true ? "32" : "2"),
      drop: 2,
    },
    {
      title: "alert",
      align: "left",
      text: ({ alertId }, { ascii }) => clean(alertId ?? glyphs(ascii).none),
      color: () => "36",
      least: 8,
      drop: 0,
    },
    { title: "name", align: "left", text: ({ name }) => clean(name), least: 8, drop: 0 },
    { title: "channels", align: "left", text: (alert) => clean(channels(alert)), least: 8, drop: 5 },
    {
      title: "sends matches",
      align: "left",
      text: ({ notificationConfig }) => (notificationConfig.includeMatches ? "yes" : "no"),
      drop: 6,
    },
    {
      title: "description",
      align: "left",
      text: ({ description }) => clean(description ?? ""),
      least: 12,
      drop: 8,
    },
  ],
}

const reading = Effect.fnUntraced(function* ({ invocation, search }: AlertsOptions) {
  const printer = yield* printing(listing, invocation)
  const mixpeek = yield* Mixpeek
  let count = 0
  yield* Stream.runForEachWhile(Stream.chunks(mixpeek.alerts(search)), (alerts) => {
    count += alerts.length
    return printer.print(alerts)
  }).pipe(Effect.ensuring(printer.finish))
  if (count === 0 && printer.surface.terminal && printer.format === "table")
    yield* say(search === "" ? "There are no alerts." : `No alert has ${JSON.stringify(search)} in its name.`)
  return ExitCode.ok
})

/** Prints the alerts and gives the exit code. */
export const alerts = (options: AlertsOptions): Effect.Effect<number> => connected(options.invocation, reading(options))
