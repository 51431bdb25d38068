/** Models of live mode: a list of which the newest are yet to come, and what looks find. */
import type { BudgetState } from "@mixpeek-alerts/client"
import type { Page } from "@mixpeek-alerts/domain"
import type { Command } from "../src/tui/Command.ts"
import { indexOf } from "../src/tui/List.ts"
import type { Model } from "../src/tui/Model.ts"
import { update } from "../src/tui/Update.ts"
import { after, at, pageOf, pressing, waitingModel } from "./Fixture.ts"

export const whole = pageOf(200)
/** The page as it was before the newest `count` had arrived. */
export const before = (count: number, size = 50): Page => ({
  records: whole.records.slice(count, count + size),
  next: whole.next,
  totalCount: 412 - count,
})
export const now = (size: number): Page => ({ ...whole, records: whole.records.slice(0, size) })

export const budget = (more: Partial<BudgetState> = {}): BudgetState => ({
  limit: 60,
  remaining: 44,
  resetsAt: at + 30_000,
  spent: 16,
  pausedUntil: null,
  limited: 0,
  ...more,
})

/** The list with 50 rows, of which the newest five are yet to come; live is on. */
export const live = (columns = 80, rows = 24): Model =>
  pressing(
    after(
      waitingModel(null, columns, rows),
      { _tag: "PageLoaded", page: before(5), more: false, at },
      { _tag: "BudgetChanged", budget: budget(), at },
    ),
    "w",
  )

export const commands = (model: Model, message: Parameters<typeof update>[1]): ReadonlyArray<Command> =>
  update(model, message).commands
export const tags = (of: ReadonlyArray<Command>): ReadonlyArray<string> => of.map(({ _tag }) => _tag)
export const looking = (model: Model, later = 20_000): Model => after(model, { _tag: "LookDue", at: at + later })
export const found = (model: Model, page: Page, later = 20_000): Model =>
  after(looking(model, later), { _tag: "LookLoaded", alert: null, page, at: at + later + 100 })
export const line = ({ list }: Model): number => indexOf(list) - list.top
