/** `--fields`: the columns or parts of the JSON that are wanted, in the order in which they were named. */
import type { Csv } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { Code } from "../Code.ts"
import { type Problem, problem } from "../Problem.ts"
import type { Listing } from "./Listing.ts"
import { nearest } from "./Nearest.ts"
import { bare, parsePath, type Path, valuesAt } from "./Pick.ts"

export interface Field<A> {
  readonly name: string
  readonly cell: (item: A) => Csv.Cell
  /** JSON text: as it was sent when the item has such a member. */
  readonly json: (item: A) => string
}

const jsonOf = (cell: Csv.Cell, type: string): string =>
  cell === null ? "null" : type === "json" ? String(cell) : JSON.stringify(cell)

const columnField = <A>(listing: Listing<A>, at: number, path: Path): Field<A> => {
  const { name, type } = listing.columns[at] as Listing<A>["columns"][number]
  const cell = (item: A): Csv.Cell => listing.cells(item)[at] ?? null
  return { name, cell, json: (item) => valuesAt(listing.json(item), path)[0] ?? jsonOf(cell(item), type) }
}

const pathField = <A>(listing: Listing<A>, name: string, path: Path): Field<A> => {
  const json = (item: A): string => {
    const values = valuesAt(listing.json(item), path)
    return path.some(({ _tag }) => _tag === "Each") ? `[${values.join(",")}]` : (values[0] ?? "null")
  }
  const cell = (item: A): Csv.Cell => {
    const text = json(item)
    return text === "null" ? null : bare(text)
  }
  return { name, cell, json }
}

const unknown = <A>(listing: Listing<A>, name: string): Problem => {
  const names = [...new Set([...listing.columns.map((column) => column.name), ...listing.members])]
  const near = nearest(name, names)
  const known = near === undefined ? `Fields are ${names.join(", ")}` : `Did you mean ${near}`
  return problem(
    "Usage",
    Code.usage,
    `There is no field ${JSON.stringify(name)}.`,
    `${known}${near === undefined ? "." : "?"} Anything else in the JSON is named by its path, with a dot: .${name}`,
  )
}

const fieldOf = <A>(listing: Listing<A>, name: string): Result.Result<Field<A>, Problem> =>
  Result.flatMap(parsePath(name), (path): Result.Result<Field<A>, Problem> => {
    const at = listing.columns.findIndex((column) => column.name === name)
    if (at >= 0) return Result.succeed(columnField(listing, at, path))
    const isKnown = name.startsWith(".") || listing.members.includes(/^[\w-]*/.exec(name)?.[0] ?? "")
    return isKnown
      ? Result.succeed(pathField(listing, name.replace(/^\./, ""), path))
      : Result.fail(unknown(listing, name))
  })

/** Every column of a listing. */
export const allFields = <A>(listing: Listing<A>): ReadonlyArray<Field<A>> =>
  listing.columns.map(({ name }, at) => columnField(listing, at, [{ _tag: "Key", key: name }]))

/** Reads `alert_id,top_score,.trace.span`. */
export const parseFields = <A>(listing: Listing<A>, text: string): Result.Result<ReadonlyArray<Field<A>>, Problem> => {
  const fields: Array<Field<A>> = []
  for (const name of text.split(",").map((part) => part.trim())) {
    const field = fieldOf(listing, name)
    if (Result.isFailure(field)) return Result.fail(field.failure)
    fields.push(field.success)
  }
  return Result.succeed(fields)
}
