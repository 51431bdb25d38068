/** What an export ends with. */
import type { MixpeekError } from "@mixpeek-alerts/client"
import type { ReporterError } from "./ReporterError.ts"
import type { Tally } from "./Tally.ts"
import type { Verdict } from "./Verdict.ts"

export type ExportError = ReporterError | MixpeekError

/** A published run. */
export interface Published {
  readonly path: string
  readonly tally: Tally
  readonly verdict: Verdict
}
