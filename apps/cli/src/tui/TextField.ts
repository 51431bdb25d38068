/** A line of text that is being typed. Positions count graphemes, so a backspace never halves one. */

export interface TextField {
  readonly value: ReadonlyArray<string>
  readonly cursor: number
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" })

/** The graphemes of a text. */
export const graphemes = (text: string): ReadonlyArray<string> =>
  /^[\x20-\x7e]*$/.test(text) ? text.split("") : Array.from(segmenter.segment(text), ({ segment }) => segment)

export const fieldOf = (text: string): TextField => {
  const value = graphemes(text)
  return { value, cursor: value.length }
}

export const textOf = (field: TextField): string => field.value.join("")

/** Puts text in at the cursor; line breaks become spaces. */
export const insert = (field: TextField, text: string): TextField => {
  const added = graphemes(text.replace(/[\r\n\t]+/g, " ").replace(/\p{Cc}/gu, ""))
  return {
    value: [...field.value.slice(0, field.cursor), ...added, ...field.value.slice(field.cursor)],
    cursor: field.cursor + added.length,
  }
}

const cutBefore = (field: TextField, from: number): TextField => ({
  value: [...field.value.slice(0, from), ...field.value.slice(field.cursor)],
  cursor: from,
})

const wordStart = (field: TextField): number => {
  let at = field.cursor
  while (at > 0 && field.value[at - 1] === " ") at--
  while (at > 0 && field.value[at - 1] !== " ") at--
  return at
}

/** What a press does to the field; `null` when it is not an editing key. */
export const edit = (field: TextField, press: string): TextField | null => {
  const at = (cursor: number): TextField => ({ ...field, cursor: Math.min(field.value.length, Math.max(0, cursor)) })
  switch (press) {
    case "left":
      return at(field.cursor - 1)
    case "right":
      return at(field.cursor + 1)
    case "home":
    case "ctrl-a":
      return at(0)
    case "end":
    case "ctrl-e":
      return at(field.value.length)
    case "backspace":
      return field.cursor === 0 ? field : cutBefore(field, field.cursor - 1)
    case "ctrl-w":
      return cutBefore(field, wordStart(field))
    case "ctrl-u":
      return cutBefore(field, 0)
    default:
      return press.length === 1 || graphemes(press).length === 1 ? insert(field, press) : null
  }
}
