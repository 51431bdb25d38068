/** JSON text on several lines, every token exactly as it was sent. */
import { JsonText } from "@mixpeek-alerts/domain"

const step = "  "
const deepest = 40

/** Text that already has lines is left as it is. */
export const indented = (json: string): string => (json.includes("\n") ? json : broken(json))

const blank = /\s/
const emptyContainer = /[{[]\s*[}\]]/y

/** The index after the token at `at`. No expression walks over a whole string: those of a record may be of any length. */
const tokenEnd = (json: string, at: number): number => {
  if (json[at] === '"') return JsonText.stringEnd(json, at)
  emptyContainer.lastIndex = at
  return emptyContainer.test(json) ? emptyContainer.lastIndex : at + 1
}

const broken = (json: string): string => {
  let depth = 0
  let out = ""
  const line = () => `\n${step.repeat(Math.min(depth, deepest))}`
  for (let at = 0, end = 0; at < json.length; at = end) {
    end = tokenEnd(json, at)
    const token = json.slice(at, end)
    if (token === "{" || token === "[") {
      depth++
      out += token + line()
    } else if (token === "}" || token === "]") {
      depth = Math.max(0, depth - 1)
      out += line() + token
    } else if (token === ",") out += token + line()
    else if (token === ":") out += ": "
    else if (!blank.test(token) || token.length > 1) out += token
  }
  return out
}
