/** A record that is kept as its text, and decoded for as long as somebody looks at it. */
import { Result } from "effect"
import { type AlertExecution, decode } from "./Execution.ts"

export class TextRecord {
  readonly _tag = "ExecutionRecord"
  /** The record exactly as the server sent it. */
  readonly json: string
  // Held weakly: whoever filters a long list looks at every record again and again, and then at none for an hour.
  private decoded: WeakRef<AlertExecution> | undefined = undefined

  /** The text has to be one that was decoded before. */
  constructor(json: string) {
    this.json = json
  }

  get execution(): AlertExecution {
    const known = this.decoded?.deref()
    if (known !== undefined) return known
    const execution = Result.getOrThrow(decode(JSON.parse(this.json)))
    this.decoded = new WeakRef(execution)
    return execution
  }
}
