/** What live mode asks for: the next look, and nothing while someone waits for something of their own. */
import { passes } from "../live/Pace.ts"
import { keyOf } from "../live/RecordKey.ts"
import type { BudgetState } from "@mixpeek-alerts/client"
import type { Page } from "@mixpeek-alerts/domain"
import type { Command } from "./Command.ts"
import * as List from "./List.ts"
import * as Live from "./Live.ts"
import type { Message } from "./Message.ts"
import type { Model } from "./Model.ts"
import { known } from "./Remote.ts"
import { nextTick, type Step, step } from "./Step.ts"

/** Asks to be told when the next look is due. */
const scheduled = (model: Model): Step => {
  const due = Live.dueAt(model)
  if (due === null) return step(model)
  const next = { ...model, live: { ...model.live, nextAt: due } }
  return step(next, { _tag: "LookLater", millis: due - model.now }, nextTick(next))
}

const stopped = (model: Model, change: Partial<Live.LiveState> = {}): Step =>
  step(
    { ...model, live: { ...model.live, ...change, on: false, follow: false, looking: false, nextAt: null } },
    { _tag: "Cancel", what: "LookLater" },
    { _tag: "Cancel", what: "Look" },
  )

const started = (model: Model, follow: boolean): Step => {
  const live = { ...model.live, on: true, follow, failures: 0, trouble: null, elsewhere: 0 }
  const next = { ...model, live }
  const warning = "This server does not list the newest first: live sees only what is on its first page."
  return scheduled({ ...next, notice: live.ordering === "otherwise" ? warning : "" })
}

/** `w`: live on or off. */
export const toggle = (model: Model): Step =>
  model.live.on ? stopped({ ...model, notice: "Live is off." }, { trouble: null }) : started(model, false)

/** `f`: follows the newest row, and no longer. */
export const follow = (model: Model): Step => {
  const { live } = model
  if (live.follow) return step({ ...model, live: { ...live, follow: false }, notice: "No longer following." })
  const there = Live.atNewest({ ...model, notice: "Following the newest; moving the cursor ends it." })
  if (!live.on) return started(there, true)
  return step({ ...there, live: { ...live, follow: true } })
}

/** Between two times that the newest rows are kept, while they come by themselves. */
const keepMillis = 30_000
/** Enough for the first screens of the next start. */
const keptRows = 100

/** The step, which also keeps the newest rows for the next start. */
const keeping = ({ commands, model }: Step): Step => {
  // The next start shows the namespace, not one alert of it.
  if (model.list.alert !== null) return { commands, model }
  const records = List.loaded(model.list)
    .slice(0, keptRows)
    .map(({ record }) => record)
  const page = { records, total: model.list.total, savedAt: model.now }
  return {
    model: { ...model, live: { ...model.live, keptAt: model.now } },
    commands: [...commands, { _tag: "SavePage", page }],
  }
}

/** After the front of the list came because someone asked for it: that was a look, too. */
export const asked = (before: Model, model: Model, page: Page): Step => {
  const old = new Set(List.loaded(before.list).map(({ key }) => key))
  const fresh = before.list.pages === 0 ? [] : page.records.map(keyOf).filter((key) => !old.has(key))
  const live = { ...Live.judged(model.live, model.list, page), lookedAt: model.now, failures: 0, trouble: null }
  const next = { ...model, live: { ...live, unseen: new Set([...live.unseen, ...fresh]) } }
  return keeping(next.live.on ? scheduled(next) : step(next, nextTick(next)))
}

const looked = (model: Model, message: Extract<Message, { _tag: "LookLoaded" }>): Step => {
  const next = scheduled(Live.looked(model, message.page, message.at))
  return next.model.now - model.live.keptAt >= keepMillis ? keeping(next) : next
}

const busy = (model: Model): boolean => model.list.items._tag === "Waiting" || model.detail?.record._tag === "Waiting"

const later = 1000

/** A look is due: made unless someone waits for a request of their own, which goes first. */
const due = (model: Model): Step => {
  const { live } = model
  if (!live.on || live.looking) return step(model)
  const at = Live.dueAt(model) ?? model.now
  if (at > model.now) return scheduled(model)
  if (busy(model)) return step(model, { _tag: "LookLater", millis: later })
  if (known(model.list.items) === null || model.list.pages === 0)
    return step(model, { _tag: "LookLater", millis: later })
  const next = { ...model, live: { ...live, looking: true, lookedAt: model.now, nextAt: null } }
  return step(next, { _tag: "Look", pageSize: live.pageSize, alert: model.list.alert })
}

const failed = (model: Model, message: Extract<Message, { _tag: "LookFailed" }>): Step => {
  const next = Live.lookFailed(model, message.problem, message.at)
  if (passes(message.problem.tag)) return scheduled(next)
  return stopped({ ...next, notice: `Live is off: ${message.problem.message}` })
}

/** What a message about live mode does. */
export const live = (
  model: Model,
  message: Extract<Message, { _tag: "LookDue" | "LookLoaded" | "LookFailed" | "FocusChanged" }>,
): Step => {
  switch (message._tag) {
    case "LookDue":
      return due({ ...model, now: Math.max(model.now, message.at) })
    case "LookLoaded":
      if (!model.live.looking) return step(model)
      // It was looked for in a list that has been left meanwhile.
      return message.alert === model.list.alert
        ? looked(model, message)
        : scheduled({ ...model, live: { ...model.live, looking: false } })
    case "LookFailed":
      return model.live.looking ? failed(model, message) : step(model)
    case "FocusChanged": {
      const next = { ...model, live: { ...model.live, focused: message.focused } }
      return model.live.looking ? step(next) : scheduled(next)
    }
  }
}

/** With another limit, or a pause, the next look is due at another time. */
export const budgeted = (model: Model, before: BudgetState | null): Step => {
  const { budget, live } = model
  const same = budget?.limit === before?.limit && budget?.pausedUntil === before?.pausedUntil
  return same || live.nextAt === null ? step(model) : scheduled(model)
}

const manual = (command: Command): boolean => command._tag === "LoadPage" || command._tag === "LoadExecution"

/**
 * After every message: a request of the person's own ends a look that is under
 * way; moving ends following; what is on the screen has been seen.
 */
export const attended = (before: Model, { commands, model }: Step): Step => {
  const interrupted = model.live.looking && commands.some(manual)
  const calm = interrupted ? { ...model, live: { ...model.live, looking: false } } : model
  const moved = calm.live.follow && before.live.follow && before.list.items === calm.list.items
  const free =
    moved && before.list.selected !== calm.list.selected
      ? { ...calm, live: { ...calm.live, follow: false }, notice: "No longer following." }
      : calm
  const next = Live.seen(free)
  if (!interrupted) return { model: next, commands }
  const again = scheduled(next)
  return { model: again.model, commands: [{ _tag: "Cancel", what: "Look" }, ...commands, ...again.commands] }
}
