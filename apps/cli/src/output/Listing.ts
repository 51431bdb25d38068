/** How one kind of thing is printed in every format; each command that prints has one. */
import type { Csv, Table } from "@mixpeek-alerts/domain"
import type { ViewColumn } from "./View.ts"

export interface Listing<A> {
  /** What is listed: `executions`. */
  readonly noun: string
  /** The columns of `csv` and `tsv`, which `--fields` can name in every format. */
  readonly columns: ReadonlyArray<Pick<Table.Column, "name" | "type">>
  readonly cells: (item: A) => ReadonlyArray<Csv.Cell>
  /** The item's JSON; as it was sent, if it was sent. */
  readonly json: (item: A) => string
  /** The members of that JSON that `--fields` can name besides the columns. */
  readonly members: ReadonlyArray<string>
  /** What `-o ids` prints; `null` when things of this kind have no ID. */
  readonly id: ((item: A) => string | null) | null
  /** The columns of a table. */
  readonly view: ReadonlyArray<ViewColumn<A>>
}
