/** A record that stays text until somebody looks at it; an export that only copies never does. */
import { type AlertExecution, decode } from "../Execution.ts"
import { Result } from "effect"
import { asciiFingerprint, type Fingerprint } from "../Fingerprint.ts"
import type { ExecutionId } from "../Identifier.ts"
import { Head, isAscii, type Tape } from "./Tape.ts"

export class ScannedRecord {
  readonly _tag = "ExecutionRecord"
  /** Where its parts lie. */
  readonly tape: Tape
  /** Where its head begins on the tape. */
  readonly at: number
  /** Held weakly: who keeps many records, as a list on a screen does, looks at few of them at a time. */
  private built: WeakRef<AlertExecution> | undefined = undefined

  constructor(tape: Tape, at: number) {
    this.tape = tape
    this.at = at
  }

  get execution(): AlertExecution {
    const before = this.built?.deref()
    if (before !== undefined) return before
    const execution = Result.getOrThrow(decode(JSON.parse(this.json)))
    this.built = new WeakRef(execution)
    return execution
  }

  get json(): string {
    return this.tape.slice(this.at + Head.start) as string
  }

  /** Its text in UTF-8, inside its page. */
  get bytes(): Uint8Array {
    const slot = this.at + Head.start
    return this.tape.bytes.subarray(this.tape.get(slot), this.tape.get(slot + 1))
  }

  get byteLength(): number {
    const slot = this.at + Head.start
    return this.tape.get(slot + 1) - this.tape.get(slot)
  }

  get executionId(): ExecutionId | null {
    return this.tape.slice(this.at + Head.executionId) as ExecutionId | null
  }

  /** Whether its ID is this one; `null` when it carries none. */
  carries(id: string): boolean | null {
    const slot = this.at + Head.executionId
    const start = this.tape.get(slot)
    if (start === -1) return null
    return isAscii(this.tape.bytes, start, this.tape.get(slot + 1), id) || this.executionId === id
  }

  get executedAt(): string {
    return this.tape.slice(this.at + Head.executedAt) as string
  }

  /** The fingerprint of its ID; `null` when it has none, or one that is not ASCII. */
  get idFingerprint(): Fingerprint | null {
    const slot = this.at + Head.executionId
    const start = this.tape.get(slot)
    return start === -1 ? null : asciiFingerprint(this.tape.bytes, start, this.tape.get(slot + 1))
  }

  get counts(): { matchCount: number; matches: number | null; sourceDocuments: number } {
    const { at, tape } = this
    const matches = tape.get(at + Head.matches)
    return {
      matchCount: tape.get(at + Head.matchCount),
      matches: matches === -1 ? null : matches,
      sourceDocuments: Math.max(0, tape.get(at + Head.sources)),
    }
  }
}
