/**
 * JSON text of the server as values, if it is not nested absurdly deep: ten
 * million brackets take `JSON.parse` half a minute, and a body may hold many more.
 */
import { isDeeper } from "./JsonText.ts"

/** Levels of nesting: ten times what Python, which the server is written in, can write, and as many as `jq` reads. */
export const maxJsonDepth = 10_000

/** As `JSON.parse`; throws a `SyntaxError` for text that is nested deeper than {@link maxJsonDepth} as well. */
export const parseJson = (text: string): unknown => {
  if (isDeeper(text, maxJsonDepth)) throw new SyntaxError("nested too deep")
  return JSON.parse(text)
}
