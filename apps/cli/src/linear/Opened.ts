/** What is said about the parts of the execution that is open. */
import { type AlertMatch, type Decoded, JsonText } from "@mixpeek-alerts/domain"
import { cleanLines, clean } from "../text/Clean.ts"
import { indented } from "../text/Indented.ts"
import { treeLines } from "../text/Tree.ts"
import { matchJson } from "../tui/Detail.ts"
import { matchSentence } from "./Sentence.ts"

const nothingOpen = ["No execution is open; open 3 opens the third of the list."]

/** Deeper parts are said as one line of JSON. */
const deepest = 12

const matchesOf = (record: Decoded): ReadonlyArray<AlertMatch> =>
  record._tag === "ExecutionRecord" ? (record.execution.matches ?? []) : []

/** The matches, numbered. */
export const matchesLines = (record: Decoded | null): ReadonlyArray<string> => {
  if (record === null) return nothingOpen
  const matches = matchesOf(record)
  if (matches.length === 0) return ["It has no matches, or they were not sent."]
  return matches.map((match, index) => `${index + 1} ${matchSentence(match)}`)
}

/** The features and metadata of one match, a value a line, with where it is. */
export const matchLines = (record: Decoded | null, rest: string): ReadonlyArray<string> => {
  if (record === null) return nothingOpen
  const count = matchesOf(record).length
  const number = /^\d{1,9}$/.test(rest) ? Number(rest) : 0
  if (number < 1 || number > count)
    return [count === 0 ? "It has no matches, or they were not sent." : `Which? match 1 to match ${count}.`]
  const json = matchJson(record.json, number - 1) ?? "{}"
  const roots = JsonText.members(json).map(({ end, key, start }) => ({
    label: key,
    path: clean(key),
    json: json.slice(start, end),
  }))
  return treeLines(roots, new Set(), deepest)
    .filter(({ foldable, folded }) => !foldable || folded)
    .map(({ path, value }) => `${clean(path)}: ${value}`)
}

/** The source documents, numbered. */
export const documentLines = (record: Decoded | null): ReadonlyArray<string> => {
  if (record === null) return nothingOpen
  const documents = record._tag === "ExecutionRecord" ? record.execution.sourceDocuments : null
  if (documents === null || documents.length === 0) return ["It has no source documents, or they were not sent."]
  return documents.map((document, index) => `${index + 1} document ${clean(document)}`)
}

/** The text as it was sent, on several lines, safe to print. */
export const jsonLines = (record: Decoded | null): ReadonlyArray<string> =>
  record === null ? nothingOpen : cleanLines(indented(record.json))
