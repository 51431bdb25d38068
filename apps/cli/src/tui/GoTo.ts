/** Going somewhere by typing its name, as in `alert brand-logo`. */
import * as Alerting from "./Alerting.ts"
import { arranged, openExecution, toList } from "./Asking.ts"
import * as Charting from "./Charting.ts"
import { filterOf } from "./Filter.ts"
import type { Model } from "./Model.ts"
import { type Step, step } from "./Step.ts"
import { toAlert } from "./Visit.ts"

const places = "alert NAME, alerts, trends, list, open ID, filter TEXT, quit"

type Place = (model: Model, rest: string) => Step | string

const named: Readonly<Record<string, Place>> = {
  alert: (model, rest) => (rest === "" ? "Write the alert's ID or name behind it." : toAlert(model, rest)),
  alerts: (model) => Alerting.show(model),
  trends: (model, rest) => step(Charting.show(model, rest === "" ? null : rest)),
  list: (model) => toList(model),
  open: (model, rest) => openExecution(model, rest),
  filter: (model, rest) => {
    const { complaint, filter } = filterOf(rest, model.now)
    if (complaint !== null) return complaint
    const there = toList(model)
    return { ...there, model: arranged(there.model, { filter }) }
  },
  quit: (model) => step(model, { _tag: "Quit", code: 0 }),
}

/** The names that begin with what was typed; a whole name stands for itself. */
const meant = (typed: string): ReadonlyArray<string> =>
  Object.hasOwn(named, typed) ? [typed] : Object.keys(named).filter((name) => typed !== "" && name.startsWith(typed))

/** Goes there, or tells what can be typed. A beginning is enough where it is one name's only. */
export const go = (model: Model, text: string): Step | string => {
  const [, typed = "", rest = ""] = /^\s*(\S*)\s*(.*?)\s*$/.exec(text) ?? []
  const [name, ...others] = meant(typed.toLowerCase())
  if (name === undefined) return typed === "" ? places : `There is no "${typed}": ${places}.`
  return others.length > 0 ? `${[name, ...others].join(" or ")}?` : (named[name]?.(model, rest) ?? step(model))
}
