/** Things of one kind as text in the chosen format, a few at a time. */
import { Csv } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { Code } from "../Code.ts"
import { type Problem, problem } from "../Problem.ts"
import { clean } from "../text/Clean.ts"
import { glyphs } from "../text/Glyph.ts"
import { indented } from "../text/Indented.ts"
import { allFields, type Field, parseFields } from "./Fields.ts"
import type { Choice, Format } from "./Format.ts"
import { oneLine } from "./JsonLine.ts"
import type { Listing } from "./Listing.ts"
import { bare, parsePath, type Path, valuesAt } from "./Pick.ts"
import { formatOn, type Surface } from "./Surface.ts"
import { tsvRow } from "./Tsv.ts"
import { visible } from "./Visible.ts"
import { View, type ViewColumn } from "./View.ts"

export interface Printer<A> {
  /** Looks at items that are not printed, so that a table fits those that will come. */
  readonly measure: (items: ReadonlyArray<A>) => void
  /** The text of the next items, with what belongs before them. */
  readonly next: (items: ReadonlyArray<A>) => string
  /** What belongs after the last. */
  readonly end: () => string
}

const usage = (message: string, hint: string): Result.Result<never, Problem> =>
  Result.fail(problem("Usage", Code.usage, message, hint))

/** Text that begins once and then goes on item by item. */
const sequence = <A>(before: string, item: (item: A, index: number) => string, after: string): Printer<A> => {
  let index = -1
  const begun = (): string => (index === -1 ? ((index = 0), before) : "")
  return {
    measure: () => {},
    next: (items) => begun() + items.map((one) => item(one, index++)).join(""),
    end: () => begun() + after,
  }
}

const plain = <A>(text: (item: A) => string): Printer<A> => sequence("", text, "")

/** One object for one thing that was asked for, an array for many. */
const json = <A>(text: (item: A) => string, single: boolean, surface: Surface): Printer<A> => {
  const shown = (item: A): string => (surface.terminal ? visible(indented(text(item))) : text(item))
  return single
    ? plain((item) => `${shown(item)}\n`)
    : sequence("[", (item, index) => `${index === 0 ? "\n" : ",\n"}${shown(item)}`, "\n]\n")
}

const table = <A>(columns: ReadonlyArray<ViewColumn<A>>, header: boolean, surface: Surface): Printer<A> => {
  const view = new View(columns, surface)
  let begun = !header
  return {
    measure: (items) => void view.measure(items),
    next: (items) => {
      if (items.length === 0) return ""
      view.measure(items)
      const before = begun ? "" : view.header()
      begun = true
      return before + items.map((item) => view.row(item)).join("")
    },
    end: () => "",
  }
}

const fieldView = <A>(field: Field<A>): ViewColumn<A> => ({
  title: field.name,
  align: "left",
  text: (item, { ascii }) => clean(String(field.cell(item) ?? glyphs(ascii).none)),
  least: 8,
  drop: 0,
})

const objectOf = <A>(fields: ReadonlyArray<Field<A>>, item: A): string =>
  `{${fields.map((field) => `${JSON.stringify(field.name)}:${oneLine(field.json(item))}`).join(",")}}`

const picking = <A>(listing: Listing<A>, path: Path, format: Format, quoted: boolean, surface: Surface): Printer<A> => {
  const lines = (item: A): ReadonlyArray<string> => valuesAt(listing.json(item), path)
  const safe = (text: string): string => (surface.terminal ? visible(text) : text)
  if (format !== "json") {
    return plain((item) =>
      lines(item)
        .map((value) => `${safe(quoted ? oneLine(value) : bare(value))}\n`)
        .join(""),
    )
  }
  let first = true
  return sequence(
    "[",
    (item) =>
      lines(item)
        .map((value) => `${first ? ((first = false), "\n") : ",\n"}${safe(value)}`)
        .join(""),
    "\n]\n",
  )
}

const fieldsOf = <A>(listing: Listing<A>, choice: Choice): Result.Result<ReadonlyArray<Field<A>> | null, Problem> =>
  choice.fields === null ? Result.succeed(null) : parseFields(listing, choice.fields)

/** The two flags that cut something out of an item go with formats that have parts. */
const conflict = <A>(listing: Listing<A>, choice: Choice, format: Format): Result.Result<null, Problem> => {
  const hint = "Leave one of the two out; mixpeek-alerts COMMAND --help lists the formats."
  if (choice.fields !== null && choice.pick !== null) return usage("--fields and --pick exclude each other.", hint)
  if (choice.fields !== null && (format === "ids" || format === "raw"))
    return usage(`--fields does not go with -o ${format}, which is what it is.`, hint)
  if (choice.pick !== null && choice.format !== null && !["json", "ndjson"].includes(choice.format))
    return usage(`--pick prints values, which are not ${choice.format}.`, "Use it alone, or with -o json or ndjson.")
  if (format === "ids" && listing.id === null)
    return usage(`There are no IDs among ${listing.noun}.`, "Use another format: table, json, ndjson, csv or tsv.")
  return Result.succeed(null)
}

const printerFor = <A>(
  listing: Listing<A>,
  fields: ReadonlyArray<Field<A>> | null,
  format: Format,
  choice: Choice,
  surface: Surface,
  single: boolean,
): Printer<A> => {
  const safe = (text: string): string => (surface.terminal ? visible(text) : text)
  const text = (item: A): string => (fields === null ? listing.json(item) : objectOf(fields, item))
  const all = fields ?? allFields(listing)
  const names = all.map(({ name }) => name)
  const row = (item: A): ReadonlyArray<Csv.Cell> =>
    fields === null ? listing.cells(item) : fields.map((field) => field.cell(item))
  switch (format) {
    case "table":
      return table(fields === null ? listing.view : fields.map(fieldView), choice.header, surface)
    case "json":
      return json(text, single, surface)
    case "ndjson":
      return plain((item) => `${safe(oneLine(text(item)))}\n`)
    case "raw":
      return plain((item) => `${safe(listing.json(item))}\n`)
    case "csv":
      return sequence(
        choice.header ? Csv.encodeHeader(names, Csv.standard) : "",
        (item) => safe(Csv.encodeRow(row(item), Csv.standard)),
        "",
      )
    case "tsv":
      return sequence(choice.header ? tsvRow(names) : "", (item) => safe(tsvRow(row(item))), "")
    case "ids":
      return plain((item) => {
        const id = listing.id?.(item) ?? null
        return id === null ? "" : `${safe(id)}\n`
      })
  }
}

/**
 * The printer for what was chosen. `single` says that one thing was asked for,
 * not a list that may have one. Fails when the choice makes no sense.
 */
export const makePrinter = <A>(
  listing: Listing<A>,
  choice: Choice,
  surface: Surface,
  single = false,
): Result.Result<Printer<A>, Problem> => {
  const format = formatOn(surface, choice)
  return Result.gen(function* () {
    yield* conflict(listing, choice, choice.pick === null ? format : "json")
    const fields = yield* fieldsOf(listing, choice)
    if (choice.pick === null) return printerFor(listing, fields, format, choice, surface, single)
    const path = yield* parsePath(choice.pick)
    return picking(listing, path, choice.format ?? "tsv", choice.format !== null, surface)
  })
}
