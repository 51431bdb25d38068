/** One execution as a few lines for a terminal that scrolls. */
import { type AlertExecution, type Decoded, toUtc } from "@mixpeek-alerts/domain"
import { painted, type Surface } from "../output/Surface.ts"
import { bar } from "../text/Bar.ts"
import { clean } from "../text/Clean.ts"
import { glyphs } from "../text/Glyph.ts"
import { ago, took, utc } from "../text/Moment.ts"
import { left, right } from "../text/Width.ts"

const field = (surface: Surface, name: string, value: string): string =>
  `${painted(surface, "2", left(name, 12))}${clean(value)}`

/** All source documents, on as many lines as it takes. */
const sources = (execution: AlertExecution): string =>
  execution.sourceDocuments === null
    ? "not sent"
    : execution.sourceDocuments.length === 0
      ? "none"
      : execution.sourceDocuments.join(", ")

const matchCount = (execution: AlertExecution): string =>
  execution.matches === null && execution.matchCount > 0
    ? `${execution.matchCount}, which this alert is configured not to send`
    : String(execution.matchCount)

const executed = ({ executedAt }: AlertExecution, surface: Surface): string => {
  if (!surface.terminal) return toUtc(executedAt)
  return surface.utc ? utc(executedAt) : `${utc(executedAt)}, ${ago(executedAt, surface.now)}`
}

const matchTable = (execution: AlertExecution, surface: Surface): ReadonlyArray<string> => {
  const matches = execution.matches ?? []
  if (matches.length === 0) return []
  const widest = (values: ReadonlyArray<string>) => Math.max(8, ...values.map((value) => clean(value).length))
  const [most, mostOfAssets] = Number.isFinite(surface.columns) ? [40, 24] : [surface.columns, surface.columns]
  const documents = Math.min(most, widest(matches.map(({ documentId }) => documentId)))
  const assets = Math.min(mostOfAssets, widest(matches.map(({ assetId }) => assetId ?? "")))
  const room = Math.max(0, Math.min(30, surface.columns - documents - assets - 18))
  const { none } = glyphs(surface.ascii)
  return [
    "",
    painted(surface, "2", `  ${right("#", 3)}  ${left("document", documents)}  ${left("asset", assets)}  score`),
    ...matches.map(({ assetId, documentId, score }, index) => {
      const cells = `  ${right(String(index + 1), 3)}  ${left(clean(documentId), documents)}  ${left(clean(assetId ?? none), assets)}`
      return `${cells}  ${score.toFixed(3)}  ${painted(surface, "33", bar(score, room, surface.ascii))}`.trimEnd()
    }),
  ]
}

/** The lines, each with its end. */
export const sheet = (record: Decoded, surface: Surface): string => {
  if (record._tag !== "ExecutionRecord") return `${clean(record.json)}\n`
  const { execution } = record
  const { fired, quiet } = glyphs(surface.ascii)
  const state = execution.triggered
    ? painted(surface, "1;33", `${fired} TRIGGERED`)
    : painted(surface, "2", `${quiet} quiet`)
  const lines = [
    `${painted(surface, "1", clean(execution.executionId ?? "without an ID"))}  ${state}`,
    field(surface, "alert", execution.alertId),
    field(surface, "collection", execution.collectionId),
    field(surface, "executed", executed(execution, surface)),
    field(surface, "took", took(execution.durationMs)),
    field(surface, "sources", sources(execution)),
    field(surface, "matches", matchCount(execution)),
    ...matchTable(execution, surface),
  ]
  return `${lines.join("\n")}\n`
}
