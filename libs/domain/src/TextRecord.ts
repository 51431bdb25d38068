/** A record that is kept as its text, and decoded for as long as somebody looks at it. */
import { Result } from "effect"
import { type AlertExecution, decode } from "./Execution.ts"

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })

export class TextRecord {
  readonly _tag = "ExecutionRecord"
  /** The record in UTF-8: half of what a string takes that has one letter beyond Latin. */
  private readonly bytes: Uint8Array
  // Held weakly: whoever filters a long list looks at every record again and again, and then at none for an hour.
  private decoded: WeakRef<AlertExecution> | undefined = undefined

  /** The bytes have to be those of a record that was decoded before, and must not change. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** The record exactly as the server sent it. */
  get json(): string {
    return decoder.decode(this.bytes)
  }

  get execution(): AlertExecution {
    const known = this.decoded?.deref()
    if (known !== undefined) return known
    const execution = Result.getOrThrow(decode(JSON.parse(this.json)))
    this.decoded = new WeakRef(execution)
    return execution
  }
}
