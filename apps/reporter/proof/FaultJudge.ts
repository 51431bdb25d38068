/** Whether what an export wrote is what the server had: every row as it should be, and what is missing named. */
import { make } from "@mixpeek-alerts/domain/Sample"
import { existsSync } from "node:fs"
import { expectedOf, type Json, parseExact, type Read } from "../test/Expected.ts"
import { withCsvParse } from "../test/Readers.ts"
import type { FaultCase, TableName } from "./FaultCase.ts"

type Row = ReadonlyArray<Read>

/** The ways in which the server may have sent a record, while it plays the fault. */
const sentAs = (fault: string, record: Json): ReadonlyArray<Json> => {
  if (fault === "unknown-fields") {
    const unlisted = parseExact(`{"x_future_field":{"since":"0.99","digits":1.0},"x_future_list":[null,true,"…"]}`)
    return [record, { ...record, ...unlisted }]
  }
  if (fault !== "huge-metadata") return [record]
  const fat = [0.01, 1].map((megabytes): Json => {
    const transcript = "text of a long transcript, line after line. ".repeat(Math.ceil((megabytes * 1_000_000) / 44))
    return {
      ...record,
      matches: [parseExact(`{"document_id":"doc_huge","score":0.5,"metadata":${JSON.stringify({ transcript })}}`)],
    }
  })
  return [record, ...fat]
}

/** The rows of one execution in one table, without their key, in each way in which they may be. */
interface Due {
  readonly id: string | null
  readonly variants: ReadonlyArray<ReadonlyArray<Row>>
}

const dueRows = (one: FaultCase, seed: number, table: TableName): ReadonlyArray<Due> => {
  const sample = make(seed)
  return one.indexes.map((index) => {
    const record = parseExact(sample.json(index))
    const variants = sentAs(one.fault, record).map((sent) => expectedOf([sent], () => "")[table])
    return {
      id: (record["execution_id"] as string | undefined) ?? null,
      variants: variants.map((rows) => rows.map((row) => row.slice(1))),
    }
  })
}

const same = (one: ReadonlyArray<Row>, other: ReadonlyArray<Row>): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const groups = (rows: ReadonlyArray<Row>): ReadonlyArray<readonly [Read, ReadonlyArray<Row>]> => {
  const found: Array<[Read, Array<Row>]> = []
  for (const [key, ...cells] of rows) {
    const last = found.at(-1)
    if (last !== undefined && last[0] === key) last[1].push(cells)
    else found.push([key ?? null, [cells]])
  }
  return found
}

export interface Judgement {
  readonly problem: string | null
  /** The executions that are due and have no rows, by ID. */
  readonly missing: ReadonlyArray<string | null>
}

const judgeRows = (rows: ReadonlyArray<Row>, due: ReadonlyArray<Due>, isOrdered: boolean): Judgement => {
  const used = new Set<number>()
  let last = -1
  const wrong = (problem: string): Judgement => ({ problem, missing: [] })
  for (const [key, cells] of groups(rows)) {
    const at = due.findIndex(({ id, variants }, index) =>
      id === null
        ? key?.startsWith("synthetic_") === true && !used.has(index) && variants.some((rows) => same(rows, cells))
        : id === key,
    )
    const found = due[at]
    if (found === undefined) return wrong(`rows of ${key}, which is not due or not as it was sent`)
    if (used.has(at)) return wrong(`${key} comes twice`)
    if (!found.variants.some((variant) => same(variant, cells))) return wrong(`wrong rows of ${key}`)
    if (isOrdered && at < last) return wrong(`${key} is out of order`)
    used.add(at)
    last = at
  }
  const missing = due.flatMap(({ id, variants }, index) =>
    used.has(index) || variants.some((rows) => rows.length === 0) ? [] : [id],
  )
  return { problem: null, missing }
}

/** Reads one table and compares it with what is due. */
export const judgeTable = (path: string, table: TableName, one: FaultCase, seed: number): Judgement =>
  // Rows come as the server lists them, and so do those of a page that it turned round.
  judgeRows(withCsvParse(path).slice(1), dueRows(one, seed, table), one.fault !== "reversed-page")

/**
 * How many records the failures without an ID may stand for, by how each ends. Records that do not fit, have no ID and are
 * the same to the letter count as one, as the README's Limits say; of those that a fault sends, only `null` is. So one that
 * ends so may stand for as many as the fault spoiled, and for no more.
 */
export const namelessOf = (ends: ReadonlyArray<string>, fired: number): number =>
  ends.some((end) => end === "null") ? Math.max(ends.length, fired) : ends.length

/** What the failures name: by ID, and how many records those without one may stand for. */
export const namedIn = (
  path: string,
  fired: number,
): { readonly ids: ReadonlySet<Read>; readonly nameless: number } => {
  const rows = existsSync(path) ? withCsvParse(path).slice(1) : []
  const nameless = rows.filter(([id]) => id === null)
  return {
    ids: new Set(rows.map(([id]) => id ?? null)),
    nameless: namelessOf(
      nameless.map((row) => row.at(-1) ?? ""),
      fired,
    ),
  }
}
