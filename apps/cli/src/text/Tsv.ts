/** Executions as tab-separated lines, for other programs: nothing is cut, and times are as the server wrote them. */
import type { Decoded } from "@mixpeek-alerts/domain"
import { Table } from "@mixpeek-alerts/domain"

const columns = Table.executions.columns.filter(({ name }) => name !== "execution_key" && name !== "extra")
const positions = columns.map((column) => Table.executions.columns.indexOf(column))

/** The names of the columns. */
export const header = `${columns.map(({ name }) => name).join("\t")}\n`

const field = (text: string): string => text.replace(/[\t\r\n]+/g, " ")

/** One execution. A record that did not fit has no line. */
export const row = (record: Decoded): string => {
  if (record._tag !== "ExecutionRecord") return ""
  const cells = Table.executions.rows(record)[0] ?? []
  return `${positions.map((at) => field(String(cells[at] ?? ""))).join("\t")}\n`
}
