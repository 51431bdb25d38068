/** What is said at the end of a run. */
import { Csv } from "@mixpeek-alerts/domain"
import type { Published } from "./Published.ts"
import { sentence } from "./Verdict.ts"
import { type Format, jsonLine } from "./LogLine.ts"

/** The end of a run in a few lines, or as one JSON object. */
export const summary = ({ path, tally, verdict }: Published, format: Format): string => {
  if (format === "json") {
    const value = {
      event: "published",
      path,
      complete: verdict.complete,
      reasons: verdict.reasons,
      counts: tally,
    }
    return jsonLine("info", value)
  }
  const counts = `${tally.executions} executions, ${tally.matches} matches, ${tally.sourceDocuments} source documents, ${tally.failures} failures`
  const filtered = tally.filtered > 0 ? `; ${tally.filtered} left out by the filter` : ""
  const before = tally.known + tally.unread
  const known = before > 0 ? `; ${before} known from earlier runs` : ""
  const elsewhere = tally.elsewhere === undefined ? "" : `; ${tally.elsewhere} fall to other shards`
  const bare = tally.withoutMatches > 0 ? `\n${tally.withoutMatches} executions came without their matches` : ""
  const long =
    tally.longCells > 0
      ? `\n${tally.longCells} cells are longer than the ${Csv.excelCellLimit} characters that Excel keeps: it cuts them when it opens the file`
      : ""
  const where = path === "-" ? "" : `\n${path}`
  return `${counts}${filtered}${known}${elsewhere}${bare}${long}\n${sentence(verdict)}${where}\n`
}
