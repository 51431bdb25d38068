/** What the screen shows, as sentences: one thing a line, no columns, no signs that mean something. */
import { type Decoded, Stats, topScore, type AlertMatch, type Alert } from "@mixpeek-alerts/domain"
import { clean } from "../text/Clean.ts"
import { agoWords, took, utc } from "../text/Moment.ts"

/** `1 match`, `3 matches`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

const idOf = (id: string | null): string => (id === null ? "without an ID" : clean(id))

/** An execution in one line, as lists have it: `triggered exec_8f3c21, alert brand-logo, 3 matches, …`. */
export const rowSentence = (record: Decoded, now: number): string => {
  if (record._tag !== "ExecutionRecord")
    return `does not fit ${idOf(record.executionId)}: ${clean(record.problem.message)}`
  const { execution } = record
  const score = topScore(execution)
  return [
    `${execution.triggered ? "triggered" : "quiet"} ${idOf(execution.executionId)}`,
    `alert ${clean(execution.alertId)}`,
    counted(execution.matchCount, "match", "matches"),
    ...(score === null ? [] : [`top score ${score.toFixed(2)}`]),
    agoWords(execution.executedAt, now),
  ].join(", ")
}

/** An execution in full. */
export const executionSentences = (record: Decoded, now: number): ReadonlyArray<string> => {
  if (record._tag !== "ExecutionRecord")
    return [
      `Execution ${idOf(record.executionId)} does not fit: ${clean(record.problem.message)}.`,
      "json prints it as the server sent it.",
    ]
  const { execution } = record
  const score = topScore(execution)
  const sent = execution.matches?.length ?? null
  const best = execution.matches?.find((match) => match.score === score)
  return [
    `Execution ${idOf(execution.executionId)}: ${execution.triggered ? "triggered" : "quiet"}.`,
    `Alert ${clean(execution.alertId)}, collection ${clean(execution.collectionId)}.`,
    `Ran ${agoWords(execution.executedAt, now)}, at ${utc(execution.executedAt)}, and took ${took(execution.durationMs)}.`,
    `${counted(execution.matchCount, "match", "matches")}${
      sent === null ? (execution.matchCount > 0 ? ", not sent by the server" : "") : ""
    }${best === undefined ? "" : `; the best is ${clean(best.documentId)} with score ${best.score.toFixed(3)}`}.`,
    execution.sourceDocuments === null
      ? "The source documents were not sent."
      : `${counted(execution.sourceDocuments.length, "source document")}.`,
  ]
}

/** A match in one line. */
export const matchSentence = (match: AlertMatch): string =>
  `document ${clean(match.documentId)}${match.assetId == null ? "" : `, asset ${clean(match.assetId)}`}, score ${match.score.toFixed(3)}`

/** An alert in one line. */
export const alertSentence = (alert: Alert): string => {
  const channels = alert.notificationConfig.channels.map(({ channelType }) => clean(channelType))
  const state = alert.enabled == null ? "not known whether on" : alert.enabled ? "on" : "off"
  const told = channels.length === 0 ? "tells nobody" : `tells ${channels.join(" and ")}`
  return `${clean(alert.name)}, ${alert.alertId == null ? "without an ID" : clean(alert.alertId)}, ${state}, ${told}`
}

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 && share > 0 ? 1 : 0)} percent`

/** What would be a bar chart. */
export const statsSentences = (stats: Stats.ExecutionStats): ReadonlyArray<string> => {
  const share = Stats.rate(stats)
  const half = Stats.percentile(stats, 0.5)
  const most = Stats.percentile(stats, 0.95)
  if (share === null || half === null || most === null)
    return ["No executions are loaded, so there is nothing to count."]
  const scored = stats.scores.reduce((sum, count) => sum + count, 0)
  const steps = stats.scores
    .map((count, step) => ({ count, from: step / Stats.scoreSteps, to: (step + 1) / Stats.scoreSteps }))
    .filter(({ count }) => count > 0)
    .toReversed()
    .map(({ count, from, to }) => `${from.toFixed(1)} to ${to.toFixed(1)}: ${count}`)
  return [
    `Of ${counted(stats.executions, "loaded execution")}, ${stats.triggered} triggered: ${percent(share)}.`,
    `Half of them took at most ${took(half)}, and 95 percent at most ${took(most)}.`,
    ...(scored === 0 ? [] : [`Top scores of the ${scored} that sent matches: ${steps.join("; ")}.`]),
  ]
}
