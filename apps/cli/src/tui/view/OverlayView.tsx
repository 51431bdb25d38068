/** What lies on top: menus, the help, the details of an error. */
import { Box } from "ink"
import type { ReactElement } from "react"
import { glyphs } from "../../text/Glyph.ts"
import { left } from "../../text/Width.ts"
import { clean } from "../../text/Clean.ts"
import { keysOf, searched } from "../Help.ts"
import { ruled } from "../Layout.ts"
import type { Menu } from "../Menu.ts"
import type { Model } from "../Model.ts"
import { type TextField, textOf } from "../TextField.ts"
import { Line, span } from "./Line.tsx"

export const MenuView = ({ menu, model }: { readonly menu: Menu; readonly model: Model }): ReactElement => {
  const width = model.size.columns - 6
  const { selected } = glyphs(model.theme.ascii)
  return (
    <Box flexDirection="column" paddingLeft={3} paddingTop={ruled(model.size) ? 1 : 0} overflow="hidden">
      <Line theme={model.theme} width={width} spans={[span(menu.title, "plain", { bold: true })]} />
      <Line theme={model.theme} width={width} spans={[]} />
      {menu.choices.length === 0 ? (
        <Line theme={model.theme} width={width} spans={[span("There is nothing here.")]} />
      ) : null}
      {menu.choices.map(({ key, label, value }, index) => (
        <Line
          key={key}
          theme={model.theme}
          width={width}
          selected={index === menu.index}
          spans={[
            span(index === menu.index ? `${selected} ` : "  "),
            span(left(key, 3), "name", { bold: true }),
            span(menu.kind === "copy" ? left(label, 24) : label),
            span(menu.kind === "copy" ? clean(value.slice(0, 300)) : "", "quiet"),
          ]}
        />
      ))}
    </Box>
  )
}

export const HelpView = (props: {
  readonly model: Model
  readonly field: TextField
  readonly index: number
}): ReactElement => {
  const { field, index: selected, model } = props
  const width = model.size.columns - 6
  const rows = searched(model, textOf(field))
  const height = Math.max(1, model.size.rows - (ruled(model.size) ? 5 : 3))
  const top = Math.max(0, Math.min(selected - Math.floor(height / 2), rows.length - height))
  return (
    <Box flexDirection="column" paddingLeft={3} overflow="hidden">
      <Line
        theme={model.theme}
        width={width}
        spans={[span("Keys  ", "plain", { bold: true }), span(clean(textOf(field))), span("▏", "accent")]}
      />
      {rows.length === 0 ? <Line theme={model.theme} width={width} spans={[span("No key does that.")]} /> : null}
      {rows.slice(top, top + height).map((binding, offset) => (
        <Line
          key={`${binding.action}${binding.help}`}
          theme={model.theme}
          width={width}
          selected={top + offset === selected}
          spans={[span(left(keysOf(binding), 18), "name", { bold: true }), span(binding.help)]}
        />
      ))}
    </Box>
  )
}

const choices = ["Try the demo (no key, no network)", "How to get a key", "Quit"]

/** Without a key. */
export const FirstRunView = ({ model }: { readonly model: Model }): ReactElement => {
  const width = model.size.columns - 6
  const { selected } = glyphs(model.theme.ascii)
  return (
    <Box flexDirection="column" paddingLeft={3} paddingTop={ruled(model.size) ? 1 : 0} overflow="hidden">
      <Line theme={model.theme} width={width} spans={[span("No API key was found.", "plain", { bold: true })]} />
      <Line theme={model.theme} width={width} spans={[]} />
      {choices.map((text, index) => (
        <Line
          key={text}
          theme={model.theme}
          width={width}
          selected={index === model.firstRun?.index}
          spans={[span(index === model.firstRun?.index ? `${selected} ` : "  "), span(text)]}
        />
      ))}
      <Line theme={model.theme} width={width} spans={[]} />
      <Line theme={model.theme} width={width} spans={[span("It was looked for here, in this order:", "quiet")]} />
      {(model.firstRun?.lookedAt ?? []).map((text) => (
        <Line key={text} theme={model.theme} width={width} spans={[span(`  ${clean(text)}`, "quiet")]} />
      ))}
    </Box>
  )
}
