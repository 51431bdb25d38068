/** Follows cursors from page to page, and notices when they lead nowhere. */
import type { Cursor, Page } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { CursorLoop } from "./Reason.ts"

/** Empty pages in a row after which a walk is given up. */
const maxEmptyPages = 100

/** What a walk has to remember: it grows by one short text per page. */
export class CursorWalk {
  private readonly seen = new Set<string>()
  private pages = 0
  private empty = 0

  constructor(start: Cursor | undefined) {
    if (start !== undefined) this.seen.add(start)
  }

  /** The cursor after `page`: `null` at the end; a cursor seen before, at any distance, is a loop. */
  next(page: Page): Result.Result<Cursor | null, CursorLoop> {
    this.pages++
    this.empty = page.records.length === 0 ? this.empty + 1 : 0
    if (page.next === null) return Result.succeed(null)
    if (this.seen.has(page.next)) return this.loop("the server repeated a cursor")
    if (this.empty >= maxEmptyPages) return this.loop(`${maxEmptyPages} empty pages in a row`)
    this.seen.add(page.next)
    return Result.succeed(page.next)
  }

  private loop(problem: string): Result.Result<never, CursorLoop> {
    return Result.fail(new CursorLoop({ pages: this.pages, problem }))
  }
}
