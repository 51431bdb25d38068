/** Puts units together out of answers that come in any order. */
import type { Decoded, ExecutionId } from "@mixpeek-alerts/domain"
import type { Missing, Unit } from "./Unit.ts"

/** IDs of one unit: small enough that a slow key loses little by a crash, large enough to cost nothing. */
export const idsPerUnit = 32

/** What came of one ID. */
export type Answer = Decoded | Missing

const none: ReadonlyArray<Unit> = []

interface OpenUnit {
  readonly answers: Array<Answer>
  missingAnswers: number
}

export class UnitAssembly {
  private readonly ids: ReadonlyArray<ExecutionId>
  private readonly from: number
  private readonly ahead: number
  private readonly open = new Map<number, OpenUnit>()
  private taken: number
  /** The unit that comes out next. */
  private head = 0

  /** Of the IDs from index `from` on, with at most so many units begun and not yet {@link released}. */
  constructor(ids: ReadonlyArray<ExecutionId>, from: number, ahead: number) {
    this.ids = ids
    this.from = from
    this.taken = from
    this.ahead = ahead
  }

  private released = 0

  /** The index of the next ID that nobody has taken; `null` when there is none, or no room for its answer. */
  take(): number | null {
    const unit = Math.floor((this.taken - this.from) / idsPerUnit)
    return this.isDone || unit >= this.released + this.ahead ? null : this.taken++
  }

  /** Whether every ID was taken. */
  get isDone(): boolean {
    return this.taken >= this.ids.length
  }

  /** Makes room for so many more units. */
  release(count: number): void {
    this.released += count
  }

  /** Takes what came of the ID at `index`, and gives the units that are whole now and next in order. */
  put(index: number, answer: Answer): ReadonlyArray<Unit> {
    const unit = this.unitOf(index)
    unit.answers[(index - this.from) % idsPerUnit] = answer
    unit.missingAnswers--
    if (unit.missingAnswers > 0) return none
    const whole: Array<Unit> = []
    for (let next = this.open.get(this.head); next?.missingAnswers === 0; next = this.open.get(this.head)) {
      this.open.delete(this.head)
      whole.push(this.unit(this.startOf(++this.head), next.answers))
    }
    return whole
  }

  private startOf(unit: number): number {
    return Math.min(this.ids.length, this.from + unit * idsPerUnit)
  }

  private unitOf(index: number): OpenUnit {
    const at = Math.floor((index - this.from) / idsPerUnit)
    const known = this.open.get(at)
    if (known !== undefined) return known
    const missingAnswers = this.startOf(at + 1) - this.startOf(at)
    const unit: OpenUnit = { answers: [], missingAnswers }
    this.open.set(at, unit)
    return unit
  }

  private unit(end: number, answers: ReadonlyArray<Answer>): Unit {
    const records: Array<Decoded> = []
    const missing: Array<Missing> = []
    for (const answer of answers) {
      if ("error" in answer) missing.push(answer)
      else records.push(answer)
    }
    return {
      records,
      missing,
      next: end < this.ids.length ? { _tag: "Id", index: end } : { _tag: "End" },
      totalCount: null,
      origin: "GET /v1/alerts/executions/{execution_id}",
    }
  }
}
