/** What the state file says of each list that its runs walk. */
import type { SQLOutputValue } from "node:sqlite"
import { type ListFacts, unknownList } from "./ListWalk.ts"
import type { StateFile } from "./StateFile.ts"

/** The name under which a list is kept: the alert, or empty for the whole namespace. */
export const listName = (alert: string | null): string => alert ?? ""

type Row = Readonly<Record<string, SQLOutputValue>>

const text = (value: SQLOutputValue | undefined): string | null => (typeof value === "string" ? value : null)

const factsOf = (row: Row): ListFacts => ({
  settled: row["settled"] === null ? null : Number(row["settled"]),
  late: Number(row["late"]),
  wholeAt: text(row["whole_at"]),
  doubt: text(row["doubt"]),
})

export const readList = ({ database }: StateFile, name: string): ListFacts => {
  const row = database.prepare("SELECT * FROM list WHERE name = ?").get(name)
  return row === undefined ? unknownList : factsOf(row)
}

export const readLists = ({ database }: StateFile): ReadonlyMap<string, ListFacts> =>
  new Map(
    database
      .prepare("SELECT * FROM list ORDER BY name")
      .all()
      .map((row) => [String(row["name"]), factsOf(row)]),
  )

/** Belongs in a transaction. */
export const writeList = ({ database }: StateFile, name: string, facts: ListFacts): void => {
  database
    .prepare("INSERT OR REPLACE INTO list (name, settled, late, whole_at, doubt) VALUES (?, ?, ?, ?, ?)")
    .run(name, facts.settled, facts.late, facts.wholeAt, facts.doubt)
}

/** Every list is walked to its end by the next run. Belongs in a transaction. */
export const doubtLists = ({ database }: StateFile, doubt: string): void => {
  database.prepare("UPDATE list SET settled = NULL, doubt = ?").run(doubt)
}
