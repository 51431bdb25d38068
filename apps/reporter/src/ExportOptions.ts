/** What an export was asked to do, checked, and free of the command line it came from. */
import type { ExecutionFilter, Table } from "@mixpeek-alerts/domain"
import type { FlatColumn } from "./Flatten.ts"
import type { IdList } from "./IdList.ts"
import type { Compression } from "./OutputFile.ts"
import type { Shard } from "./Shard.ts"

export type Source =
  | { readonly _tag: "Ids"; readonly list: IdList }
  | { readonly _tag: "Alerts"; readonly alerts: ReadonlyArray<string> }
  | { readonly _tag: "All" }

/** Where the rows go. A directory that was not chosen gives way to an unfinished run of the same query beside it. */
export type Target =
  | {
      readonly _tag: "Directory"
      readonly path: string
      readonly latest: boolean
      readonly chosen: boolean
      /** Whether the page about the run is written with it. */
      readonly report: boolean
    }
  | { readonly _tag: "File"; readonly path: string; readonly table: Table.TableName }
  | { readonly _tag: "Stdout"; readonly table: Table.TableName }

/** How many failures a run may have before it gives up. */
export type FailureLimit = { readonly count: number } | { readonly percent: number } | null

/** The state file of a scheduled export. */
export interface StateOptions {
  readonly path: string
  /** The query that the file has to be of, as text. */
  readonly scope: string
  /** The server and the namespace. */
  readonly place: string
  /** Whether lists are walked to their end even if that is not needed. */
  readonly fullWalk: boolean
}

/** Which old runs stay beside a new one: the newest so many, or those that are younger. */
export type Keep = { readonly runs: number } | { readonly millis: number }

export interface ExportOptions {
  /** What this run fetches: of a sharded export, what falls to its shard. */
  readonly source: Source
  /** The filter, with its relative times counted back from a moment in milliseconds since the epoch. */
  readonly filterAt: (nowMillis: number) => ExecutionFilter
  readonly target: Target
  readonly compression: Compression
  readonly excel: boolean
  readonly flatten: ReadonlyArray<FlatColumn>
  readonly plan: "by-id" | "walk" | "auto"
  readonly pageSize: number
  readonly concurrency: number
  readonly restart: boolean
  readonly maxFailures: FailureLimit
  readonly failOnEmpty: boolean
  readonly maxDurationMillis: number | null
  /** Everything above that decides the bytes written, as text; a run is resumed only by the same. */
  readonly query: string
  readonly state: StateOptions | null
  readonly keep: Keep | null
  /** Which part of an export this is; `null` for a whole one. */
  readonly shard: Shard | null
  /** The run that this one completes; `null` for an ordinary export. */
  readonly completes: string | null
}
