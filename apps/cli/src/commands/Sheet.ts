/** One execution as a few lines for a terminal that scrolls. */
import type { AlertExecution, Decoded } from "@mixpeek-alerts/domain"
import { bar } from "../text/Bar.ts"
import { clean } from "../text/Clean.ts"
import { glyphs } from "../text/Glyph.ts"
import { ago, took, utc } from "../text/Moment.ts"
import { left, right } from "../text/Width.ts"

export interface Paper {
  readonly now: number
  readonly columns: number
  readonly ascii: boolean
  readonly color: boolean
}

const paint = (paper: Paper, code: string, text: string): string =>
  paper.color && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text

const field = (paper: Paper, name: string, value: string): string =>
  `${paint(paper, "2", left(name, 12))}${clean(value)}`

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

const matchTable = (execution: AlertExecution, paper: Paper): ReadonlyArray<string> => {
  const matches = execution.matches ?? []
  if (matches.length === 0) return []
  const widest = (values: ReadonlyArray<string>) => Math.max(8, ...values.map((value) => clean(value).length))
  const documents = Math.min(40, widest(matches.map(({ documentId }) => documentId)))
  const assets = Math.min(24, widest(matches.map(({ assetId }) => assetId ?? "")))
  const room = Math.max(0, Math.min(30, paper.columns - documents - assets - 18))
  const { none } = glyphs(paper.ascii)
  return [
    "",
    paint(paper, "2", `  ${right("#", 3)}  ${left("document", documents)}  ${left("asset", assets)}  score`),
    ...matches.map(({ assetId, documentId, score }, index) => {
      const cells = `  ${right(String(index + 1), 3)}  ${left(clean(documentId), documents)}  ${left(clean(assetId ?? none), assets)}`
      return `${cells}  ${score.toFixed(3)}  ${paint(paper, "33", bar(score, room, paper.ascii))}`.trimEnd()
    }),
  ]
}

/** The lines, each with its end. */
export const sheet = (record: Decoded, paper: Paper): string => {
  if (record._tag !== "ExecutionRecord") return `${clean(record.json)}\n`
  const { execution } = record
  const { fired, quiet } = glyphs(paper.ascii)
  const state = execution.triggered ? paint(paper, "1;33", `${fired} TRIGGERED`) : paint(paper, "2", `${quiet} quiet`)
  const lines = [
    `${paint(paper, "1", clean(execution.executionId ?? "without an ID"))}  ${state}`,
    field(paper, "alert", execution.alertId),
    field(paper, "collection", execution.collectionId),
    field(paper, "executed", `${utc(execution.executedAt)}, ${ago(execution.executedAt, paper.now)}`),
    field(paper, "took", took(execution.durationMs)),
    field(paper, "sources", sources(execution)),
    field(paper, "matches", matchCount(execution)),
    ...matchTable(execution, paper),
  ]
  return `${lines.join("\n")}\n`
}
