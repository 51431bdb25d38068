/** The tabs of an execution that are plain lines: its source documents, and its text. */
import type { Decoded } from "@mixpeek-alerts/domain"
import { clean } from "../../text/Clean.ts"
import type { DetailState } from "../Detail.ts"
import { bodyHeight } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { line, span, type Lines } from "./Line.ts"

/** The documents whose arrival ran the alert. */
export const sourcesView = (model: Model, detail: DetailState, record: Decoded): Lines => {
  const documents = record._tag === "ExecutionRecord" ? record.execution.sourceDocuments : null
  const width = model.size.columns
  if (documents === null || documents.length === 0) {
    const text = documents === null ? "The server did not say which documents ran the alert." : "No source documents."
    return [line([span(`   ${text}`)], width)]
  }
  const { index: selected, top } = detail.spots.sources
  return documents
    .slice(top, top + bodyHeight(model.size))
    .map((document, offset) =>
      line(
        [span(`${String(top + offset + 1).padStart(5)}  `, "quiet"), span(clean(document))],
        width,
        top + offset === selected,
      ),
    )
}

/** The record as text. */
export const rawView = (model: Model, detail: DetailState): Lines => {
  const { index: selected, top } = detail.spots.raw
  return detail.raw
    .slice(top, top + bodyHeight(model.size))
    .map((text, offset) => line([span(text)], model.size.columns, top + offset === selected))
}
