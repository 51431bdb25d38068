/** Extra columns of `matches.csv`, each taken from a path inside the metadata or the matched features. */
import { type Csv, type ExecutionRecord, JsonText } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { fail, type ReporterError } from "./ReporterError.ts"

export interface FlatColumn {
  /** The path as it was given, which names the column. */
  readonly name: string
  readonly path: ReadonlyArray<string>
}

const roots = new Set(["metadata", "matched_features"])

/** Reads `metadata.camera.id,matched_features.label`. */
export const parseFlatten = (text: string): Result.Result<ReadonlyArray<FlatColumn>, ReporterError> => {
  const columns: Array<FlatColumn> = []
  for (const name of text.split(",").map((one) => one.trim())) {
    const path = name.split(".")
    if (path.length < 2 || path.includes("") || !roots.has(path[0] as string)) {
      const hint = "Name paths like metadata.camera.id or matched_features.label, joined by commas."
      return Result.fail(fail("Usage", `"${name}" is not a path to flatten.`, hint))
    }
    if (!columns.some((column) => column.name === name)) columns.push({ name, path })
  }
  return Result.succeed(columns)
}

/** A JSON text as a cell: strings bare, null empty, everything else with the digits and spelling it was sent with. */
const cellOf = (json: string | undefined): Csv.Cell => {
  if (json === undefined || json === "null") return null
  return json.startsWith('"') ? (JSON.parse(json) as string) : json
}

const at = (json: string, path: ReadonlyArray<string>): Csv.Cell => {
  let text: string | undefined = json
  for (const key of path) {
    if (text === undefined) return null
    text = JsonText.member(text, key)
  }
  return cellOf(text)
}

/** The flattened cells of each match of a record. */
export const flatCells = (
  { json }: ExecutionRecord,
  columns: ReadonlyArray<FlatColumn>,
): ReadonlyArray<ReadonlyArray<Csv.Cell>> => {
  const start = JsonText.members(json).findLast((member) => member.key === "matches")?.start ?? 0
  return JsonText.elements(json, start).map((element) => {
    const match = json.slice(element.start, element.end)
    return columns.map((column) => at(match, column.path))
  })
}
