/** What the rows of a run depend on, taken from its options. */
import { Csv } from "@mixpeek-alerts/domain"
import type { ExportOptions } from "./ExportOptions.ts"
import type { Strategy } from "./Fetch.ts"
import type { RowOptions } from "./UnitRows.ts"

/** How rows are made of records, for a run that began at `startedAt` (ISO 8601). */
export const rowOptions = (options: ExportOptions, strategy: Strategy, startedAt: string): RowOptions => ({
  dialect: options.excel ? Csv.excel : Csv.standard,
  filter: options.filterAt(Date.parse(startedAt)),
  flatten: options.flatten,
  wanted: options.source._tag === "Ids" && strategy._tag === "Walk" ? new Set(options.source.list.ids) : null,
  part: options.shard?.by === "execution" ? options.shard : null,
})
