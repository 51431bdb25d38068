/** Follows cursors from page to page, and notices when they lead nowhere. */
import { type Cursor, type Decoded, fingerprint, keyFingerprint, type Page, recordId } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { CursorLoop } from "./Reason.ts"

/** Empty pages in a row after which a walk is given up. */
const maxEmptyPages = 100

/** Pages in a row that came before, under new cursors, after which a walk is given up. */
const maxRepeatedPages = 3

/** What tells a page from another: its records in their order; `null` when none has an ID, as then pages may be alike. */
const fingerprintOf = (records: ReadonlyArray<Decoded>): string | null => {
  if (!records.some((record) => recordId(record) !== null)) return null
  let [high, low] = [0, 0]
  for (const record of records) {
    const one = record._tag === "Quarantined" ? fingerprint(record.json) : keyFingerprint(record)
    high = Math.imul(high ^ one.high, 2654435761)
    low = Math.imul(low ^ one.low, 1597334677)
  }
  return `${high} ${low}`
}

/** What a walk has to remember: it grows by one cursor and one fingerprint per page. */
export class CursorWalk {
  private readonly cursors = new Set<string>()
  private readonly fingerprints = new Set<string>()
  private pages = 0
  private empty = 0
  private repeated = 0

  constructor(start: string | undefined) {
    if (start !== undefined) this.cursors.add(start)
  }

  /** The cursor after `page`: `null` at the end; a cursor seen before, at any distance, is a loop. */
  next(page: Page): Result.Result<Cursor | null, CursorLoop> {
    this.empty = page.records.length === 0 ? this.empty + 1 : 0
    this.repeated = this.cameBefore(page) ? this.repeated + 1 : 0
    const followed = this.follow(page.next)
    if (Result.isFailure(followed) || followed.success === null) return followed
    if (this.empty >= maxEmptyPages) return this.loop(`${maxEmptyPages} empty pages in a row`)
    if (this.repeated >= maxRepeatedPages) return this.loop("the server repeated its pages under new cursors")
    return followed
  }

  /** The same for a list of something else than executions, of which only the cursors are looked at. */
  follow<C extends string>(next: C | null): Result.Result<C | null, CursorLoop> {
    this.pages++
    if (next === null) return Result.succeed(null)
    if (this.cursors.has(next)) return this.loop("the server repeated a cursor")
    this.cursors.add(next)
    return Result.succeed(next)
  }

  private cameBefore(page: Page): boolean {
    const fingerprint = fingerprintOf(page.records)
    if (fingerprint === null) return false
    if (this.fingerprints.has(fingerprint)) return true
    this.fingerprints.add(fingerprint)
    return false
  }

  private loop(problem: string): Result.Result<never, CursorLoop> {
    return Result.fail(new CursorLoop({ pages: this.pages, problem }))
  }
}
