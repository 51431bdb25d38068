/** The tabs of an execution that are plain lines: its source documents, and its text. */
import type { Decoded } from "@mixpeek-alerts/domain"
import type { ReactElement } from "react"
import { clean } from "../../text/Clean.ts"
import type { DetailState } from "../Detail.ts"
import { bodyHeight } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { Line, span } from "./Line.tsx"

/** The documents whose arrival ran the alert. */
export const SourcesView = (props: {
  readonly model: Model
  readonly detail: DetailState
  readonly record: Decoded
}): ReactElement => {
  const { detail, model, record } = props
  const { theme } = model
  const documents = record._tag === "ExecutionRecord" ? record.execution.sourceDocuments : null
  const width = model.size.columns
  if (documents === null || documents.length === 0) {
    const text = documents === null ? "The server did not say which documents ran the alert." : "No source documents."
    return <Line theme={theme} width={width} spans={[span(`   ${text}`)]} />
  }
  const { index: selected, top } = detail.spots.sources
  return (
    <>
      {documents.slice(top, top + bodyHeight(model.size)).map((document, offset) => (
        <Line
          key={top + offset}
          theme={theme}
          width={width}
          selected={top + offset === selected}
          spans={[span(`${String(top + offset + 1).padStart(5)}  `, "quiet"), span(clean(document))]}
        />
      ))}
    </>
  )
}

/** The record as text. */
export const RawView = ({ detail, model }: { readonly detail: DetailState; readonly model: Model }): ReactElement => {
  const { index: selected, top } = detail.spots.raw
  return (
    <>
      {detail.raw.slice(top, top + bodyHeight(model.size)).map((text, offset) => (
        <Line
          key={top + offset}
          theme={model.theme}
          width={model.size.columns}
          selected={top + offset === selected}
          spans={[span(text)]}
        />
      ))}
    </>
  )
}
