/** Text broken into lines at spaces; words that are too long are broken anywhere. */
import { cells, truncate } from "./Width.ts"

/** Lines of at most `width` cells. Empty text has no lines. */
export const wrapped = (text: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = ""
  for (const word of text.split(" ")) {
    let rest = word
    if (line !== "" && cells(line) + 1 + cells(rest) > width) {
      lines.push(line)
      line = ""
    }
    while (cells(rest) > width) {
      const part = truncate(rest, width, "")
      if (part === "") break
      lines.push(part)
      rest = rest.slice(part.length)
    }
    line = line === "" ? rest : `${line} ${rest}`
  }
  return line === "" ? lines : [...lines, line]
}
