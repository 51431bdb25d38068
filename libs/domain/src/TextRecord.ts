/** A record that is kept as its text, and decoded for as long as somebody looks at it. */
import { Result } from "effect"
import { type AlertExecution, decode } from "./Execution.ts"

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })

export class TextRecord {
  readonly _tag = "ExecutionRecord"
  /** The record in UTF-8: half of what a string takes that has one letter beyond Latin. Others lie before and behind it. */
  private readonly bytes: Uint8Array
  private readonly start: number
  private readonly end: number
  // Held weakly: whoever filters a long list looks at every record again and again, and then at none for an hour.
  private decoded: WeakRef<AlertExecution> | undefined = undefined

  /** The bytes from `start` to `end` have to be those of a record that was decoded before, and must not change. */
  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes
    this.start = start
    this.end = end
  }

  /** The memory that its text lies in, with that of others. */
  get buffer(): ArrayBufferLike {
    return this.bytes.buffer
  }

  /** The record exactly as the server sent it. */
  get json(): string {
    return decoder.decode(this.bytes.subarray(this.start, this.end))
  }

  get execution(): AlertExecution {
    const known = this.decoded?.deref()
    if (known !== undefined) return known
    const execution = Result.getOrThrow(decode(JSON.parse(this.json)))
    this.decoded = new WeakRef(execution)
    return execution
  }
}
