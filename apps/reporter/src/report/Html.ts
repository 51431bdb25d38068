/** Text that is markup already; everything else is escaped when it is put into it. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may be put into markup: text and numbers are escaped, nothing is left out. */
export type Part = Html | string | number | null | ReadonlyArray<Html>

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

/** Text for markup and for attributes in quotes; what cannot be seen is made visible, and what is no text is replaced. */
export const escape = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex -- a NUL ends the page in some readers, and an escape sequence is no text
    .replaceAll(/[\0-\b\v\f\u000e-\u001f\u007f]/g, (char) =>
      String.fromCharCode(char === "\u007f" ? 0x2421 : 0x2400 + char.charCodeAt(0)),
    )
    .replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, (char) => `⟨U+${char.charCodeAt(0).toString(16).toUpperCase()}⟩`)
    .replaceAll(/[&<>"']/g, (char) => entities[char] as string)

const partText = (part: Part): string => {
  if (part === null) return ""
  if (part instanceof Html) return part.text
  if (typeof part === "object") return part.map((one) => one.text).join("")
  return escape(String(part))
}

/** Markup with parts put in; the indentation of the source stays in the source. */
export const html = (strings: TemplateStringsArray, ...parts: ReadonlyArray<Part>): Html =>
  new Html(
    strings
      .map((string) => string.replaceAll(/\n\s*/g, "\n"))
      .reduce((text, string, index) => text + partText(parts[index - 1] ?? null) + string),
  )

const longestName = 120

/** Text of the server: shortened when it is long, and never able to turn the direction of what stands around it. */
export const foreign = (text: string): Html => {
  const isLong = text.length > longestName
  const shown = isLong ? `${text.slice(0, longestName)}…` : text
  return text === "" ? html`<span class="none">none</span>` : html`<bdi>${shown}</bdi>`
}
