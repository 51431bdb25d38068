/** What keys and pasted text do to what lies on top of the screen: text fields, menus, help, something to read. */
import * as Acting from "./Acting.ts"
import * as Alerting from "./Alerting.ts"
import { openExecution } from "./Asking.ts"
import { find } from "./Find.ts"
import { filterOf } from "./Filter.ts"
import { go } from "./GoTo.ts"
import { searched } from "./Help.ts"
import { actionOf } from "./Keys.ts"
import * as Layout from "./Layout.ts"
import { arranged, type Filter, type SortBy } from "./List.ts"
import type { Choice, Menu } from "./Menu.ts"
import type { Model, Overlay } from "./Model.ts"
import { type Step, step } from "./Step.ts"
import { edit, fieldOf, insert, textOf } from "./TextField.ts"

type Of<Tag extends Overlay["_tag"]> = Extract<Overlay, { readonly _tag: Tag }>

const closed = (model: Model): Model => ({ ...model, overlay: null })

const filtered = (model: Model, filter: Filter | null): Model => ({
  ...model,
  list: arranged({ ...model.list, filter }, Layout.listHeight(model.size)),
})

/** Filters while it is typed; text that is not a filter yet leaves the rows as they are. */
const typedFilter = (model: Model, overlay: Of<"Filter">): Model => {
  const parsed = filterOf(textOf(overlay.field), model.now)
  const next = { ...model, overlay }
  return parsed.complaint === null ? filtered(next, parsed.filter) : next
}

const reselected = (model: Model, key: string | null): Model => ({ ...model, list: { ...model.list, selected: key } })

const inFilter = (model: Model, overlay: Of<"Filter">, press: string): Step => {
  switch (press) {
    case "enter": {
      const { complaint } = filterOf(textOf(overlay.field), model.now)
      return step(complaint === null ? closed(model) : { ...model, notice: complaint })
    }
    case "esc":
    case "ctrl-c": {
      const before = filterOf(overlay.before, model.now).filter
      return step(filtered(reselected(closed(model), overlay.selected), before))
    }
    case "up":
    case "down":
      return step({ ...Acting.act(closed(model), press).model, overlay })
    default: {
      const field = edit(overlay.field, press === "space" ? " " : press)
      return step(field === null ? model : typedFilter(model, { ...overlay, field }))
    }
  }
}

const inFind = (model: Model, overlay: Of<"Find">, press: string): Step => {
  if (press === "enter") return step(find(closed(model), textOf(overlay.field), 0))
  if (press === "esc" || press === "ctrl-c") return step({ ...closed(model), detail: overlay.before })
  if (press === "up" || press === "down")
    return step({ ...find(model, textOf(overlay.field), press === "up" ? -1 : 1), overlay })
  const field = edit(overlay.field, press === "space" ? " " : press)
  if (field === null) return step(model)
  // From where the cursor was, so that a longer text does not skip what a shorter one found.
  return step({ ...find({ ...model, detail: overlay.before }, textOf(field), 0), overlay: { ...overlay, field } })
}

const inGo = (model: Model, overlay: Of<"Go">, press: string): Step => {
  if (press === "esc" || press === "ctrl-c") return step(closed(model))
  if (press === "enter") {
    const gone = go(closed(model), textOf(overlay.field))
    return typeof gone === "string" ? step({ ...model, overlay: { ...overlay, complaint: gone } }) : gone
  }
  const field = edit(overlay.field, press === "space" ? " " : press)
  return step(field === null ? model : { ...model, overlay: { ...overlay, field, complaint: "" } })
}

const inOpen = (model: Model, overlay: Of<"Open">, press: string): Step => {
  if (press === "esc" || press === "ctrl-c") return step(closed(model))
  if (press === "enter") {
    const opened = openExecution(model, textOf(overlay.field))
    return typeof opened === "string" ? step({ ...model, overlay: { ...overlay, complaint: opened } }) : opened
  }
  const field = edit(overlay.field, press)
  return step(field === null ? model : { ...model, overlay: { ...overlay, field, complaint: "" } })
}

const chosen = (model: Model, menu: Menu, choice: Choice): Step => {
  if (menu.kind === "copy") return step(closed(model), { _tag: "Copy", what: choice.label, text: choice.value })
  if (menu.kind === "latest") {
    const alerts = JSON.parse(choice.value) as ReadonlyArray<string>
    return model.board?._tag === "Alerts" ? Alerting.askLatest(model, model.board, alerts) : step(closed(model))
  }
  const by = choice.value as SortBy
  const { sort } = model.list
  const next = { by, descending: by === sort.by ? !sort.descending : true }
  return step({
    ...closed(model),
    list: arranged({ ...model.list, sort: next }, Layout.listHeight(model.size)),
  })
}

const inMenu = (model: Model, { menu }: Of<"Menu">, press: string): Step => {
  const count = menu.choices.length
  const moveTo = (index: number) =>
    step({
      ...model,
      overlay: { _tag: "Menu" as const, menu: { ...menu, index: (index + count) % Math.max(1, count) } },
    })
  const direct = menu.choices.find(({ key }) => key === press)
  if (direct !== undefined) return chosen(model, menu, direct)
  const current = menu.choices[menu.index]
  if (press === "enter" && current !== undefined) return chosen(model, menu, current)
  if (press === "down") return moveTo(menu.index + 1)
  if (press === "up") return moveTo(menu.index - 1)
  return step(
    press === "esc" || press === "q" || press === "y" || press === "ctrl-c" || count === 0 ? closed(model) : model,
  )
}

const inHelp = (model: Model, overlay: Of<"Help">, press: string): Step => {
  const rows = searched(model, textOf(overlay.field))
  const moveTo = (index: number) =>
    step({ ...model, overlay: { ...overlay, index: Math.max(0, Math.min(rows.length - 1, index)) } })
  if (press === "esc" || press === "ctrl-c" || (press === "?" && overlay.field.value.length === 0))
    return step(closed(model))
  if (press === "down") return moveTo(overlay.index + 1)
  if (press === "up") return moveTo(overlay.index - 1)
  if (press === "enter") {
    const row = rows[overlay.index]
    return row === undefined ? step(model) : Acting.act(closed(model), row.action)
  }
  const field = edit(overlay.field, press === "space" ? " " : press)
  return step(field === null ? model : { ...model, overlay: { ...overlay, field, index: 0 } })
}

const inReading = (model: Model, overlay: Of<"Problem"> | Of<"Text">, press: string): Step => {
  const action = actionOf("reading", press, model.keys)
  if (action === "interrupt") return Acting.act(model, action)
  if (action === "back") return step(closed(model))
  if (overlay._tag === "Text") return step(model)
  const by = action === "down" ? 1 : action === "up" ? -1 : 0
  return step({ ...model, overlay: { ...overlay, top: Math.max(0, overlay.top + by) } })
}

/** A key while something lies on top. */
export const pressed = (model: Model, overlay: Overlay, press: string): Step => {
  switch (overlay._tag) {
    case "Filter":
      return inFilter(model, overlay, press)
    case "Find":
      return inFind(model, overlay, press)
    case "Go":
      return inGo(model, overlay, press)
    case "Open":
      return inOpen(model, overlay, press === "space" ? " " : press)
    case "Menu":
      return inMenu(model, overlay, press)
    case "Help":
      return inHelp(model, overlay, press)
    case "Problem":
    case "Text":
      return inReading(model, overlay, press)
  }
}

/** Pasted text goes into the field that is open; anywhere else it is taken for an ID to open. */
export const pasted = (model: Model, text: string): Step => {
  const { overlay } = model
  if (overlay?._tag === "Filter") return step(typedFilter(model, { ...overlay, field: insert(overlay.field, text) }))
  if (overlay?._tag === "Go") return step({ ...model, overlay: { ...overlay, field: insert(overlay.field, text) } })
  if (overlay?._tag === "Find") {
    const field = insert(overlay.field, text)
    return step({ ...find({ ...model, detail: overlay.before }, textOf(field), 0), overlay: { ...overlay, field } })
  }
  if (overlay?._tag === "Open")
    return step({ ...model, overlay: { ...overlay, field: insert(overlay.field, text.trim()) } })
  if (overlay !== null || model.firstRun !== null) return step(model)
  return step({ ...model, overlay: { _tag: "Open", field: fieldOf(text.trim().slice(0, 500)), complaint: "" } })
}
