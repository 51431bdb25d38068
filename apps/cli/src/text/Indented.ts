/** JSON text on several lines, every token exactly as it was sent. */

const step = "  "
const deepest = 40

/** Text that already has lines is left as it is. */
export const indented = (json: string): string => (json.includes("\n") ? json : broken(json))

const broken = (json: string): string => {
  let depth = 0
  let out = ""
  const line = () => `\n${step.repeat(Math.min(depth, deepest))}`
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"?|[{[]\s*[}\]]|[^\s"]/g)) {
    if (token === "{" || token === "[") {
      depth++
      out += token + line()
    } else if (token === "}" || token === "]") {
      depth--
      out += line() + token
    } else if (token === ",") out += token + line()
    else if (token === ":") out += ": "
    else out += token
  }
  return out
}
