/** An execution as the rows of the three tables: what each of the scripts in JavaScript does with a parsed record. */

export const headers = {
  executions: [
    "execution_key",
    "execution_id",
    "alert_id",
    "collection_id",
    "triggered",
    "match_count",
    "matches_included",
    "matches_returned",
    "top_score",
    "executed_at",
    "executed_at_utc",
    "duration_ms",
    "source_document_count",
    "extra",
  ],
  matches: [
    "execution_key",
    "match_index",
    "document_id",
    "score",
    "asset_id",
    "matched_features",
    "metadata",
    "extra",
  ],
  source_documents: ["execution_key", "position", "document_id"],
}

const utc = (text) => {
  const [, time, fraction = "", offset = "Z"] = /^(.{19})(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text)
  return offset === "Z"
    ? `${time}${fraction}Z`
    : `${new Date(`${time}${offset}`).toISOString().slice(0, 19)}${fraction}Z`
}

const json = (value) => (value === undefined || value === null ? null : JSON.stringify(value))

const extra = (fields) => {
  for (const _ in fields) return JSON.stringify(fields)
  return null
}

export const executionRow = (execution) => {
  const {
    alert_id,
    collection_id,
    duration_ms,
    executed_at,
    execution_id,
    match_count,
    matches,
    source_documents,
    triggered,
    ...more
  } = execution
  let top = null
  for (const { score } of matches ?? []) if (top === null || score > top) top = score
  return [
    execution_id,
    execution_id,
    alert_id,
    collection_id,
    triggered,
    match_count,
    Array.isArray(matches),
    matches?.length ?? null,
    top,
    executed_at,
    utc(executed_at),
    duration_ms,
    source_documents?.length ?? null,
    extra(more),
  ]
}

export const matchRow = (execution, match, index) => {
  const { asset_id, document_id, matched_features, metadata, score, ...more } = match
  return [
    execution.execution_id,
    index,
    document_id,
    score,
    asset_id ?? null,
    json(matched_features),
    json(metadata),
    extra(more),
  ]
}

export const sourceRow = (execution, document, position) => [execution.execution_id, position, document]
