/** What lies on top: menus, the help, the details of an error. */
import { glyphs } from "../../text/Glyph.ts"
import { left } from "../../text/Width.ts"
import { clean } from "../../text/Clean.ts"
import { keysOf, searched } from "../Help.ts"
import { ruled } from "../Layout.ts"
import type { Menu } from "../Menu.ts"
import type { Model } from "../Model.ts"
import { type TextField, textOf } from "../TextField.ts"
import { line, type Lines, span } from "./Line.ts"
import { inset, panel } from "./Panel.ts"

export const menuView = (menu: Menu, { size, theme }: Model): Lines => {
  const width = size.columns - 6
  const { selected } = glyphs(theme.ascii)
  const rows = menu.choices.map(({ key, label, value }, index) =>
    line(
      [
        span(index === menu.index ? `${selected} ` : "  "),
        span(left(key, 3), "name", { bold: true }),
        span(menu.kind === "copy" ? left(label, 24) : label),
        span(menu.kind === "copy" ? clean(value.slice(0, 300)) : "", "quiet"),
      ],
      width,
      index === menu.index,
    ),
  )
  const none = line([span("There is nothing here.")], width)
  return panel(
    [line([span(menu.title, "plain", { bold: true })], width), [], ...(rows.length === 0 ? [none] : rows)],
    size,
  )
}

export const helpView = (field: TextField, selected: number, model: Model): Lines => {
  const width = model.size.columns - 6
  const found = searched(model, textOf(field))
  const height = Math.max(1, model.size.rows - (ruled(model.size) ? 5 : 3))
  const top = Math.max(0, Math.min(selected - Math.floor(height / 2), found.length - height))
  const rows = found
    .slice(top, top + height)
    .map((binding, offset) =>
      line(
        [span(left(keysOf(binding), 18), "name", { bold: true }), span(binding.help)],
        width,
        top + offset === selected,
      ),
    )
  const title = [span("Keys  ", "plain", { bold: true }), span(clean(textOf(field))), span("▏", "accent")]
  const none = line([span("No key does that.")], width)
  return inset([line(title, width), ...(rows.length === 0 ? [none] : rows)])
}

const choices = ["Try the demo (no key, no network)", "How to get a key", "Quit"]

/** Without a key. */
export const firstRunView = (
  { index: chosen, lookedAt }: NonNullable<Model["firstRun"]>,
  { size, theme }: Model,
): Lines => {
  const width = size.columns - 6
  const { selected } = glyphs(theme.ascii)
  return panel(
    [
      line([span("No API key was found.", "plain", { bold: true })], width),
      [],
      ...choices.map((text, index) =>
        line([span(index === chosen ? `${selected} ` : "  "), span(text)], width, index === chosen),
      ),
      [],
      line([span("It was looked for here, in this order:", "quiet")], width),
      ...lookedAt.map((text) => line([span(`  ${clean(text)}`, "quiet")], width)),
    ],
    size,
  )
}
