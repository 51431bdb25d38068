/** Which test triggers an error: one that expects its words, or for a reason of the client, its tag. */
import ts from "typescript"
import type { FoundError } from "./FoundError.ts"
import { below, parseSource } from "./Sentence.ts"

/** What a test expects somewhere, and under which name: a text, or the fixed texts of a pattern. */
export interface Expectation {
  readonly file: string
  readonly title: string
  readonly texts: ReadonlyArray<string>
}

const isTest = (call: ts.CallExpression): boolean => /^it\b|^test\b/.test(call.expression.getText())

const firstText = (node: ts.CallExpression): string | undefined => {
  const first = node.arguments[0]
  return first !== undefined && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first))
    ? first.getText().slice(1, -1)
    : undefined
}

/** The title of the test around a node; of an entry in a table of cases, its name. */
const titleOf = (node: ts.Node): string => {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    const title = ts.isCallExpression(at) && isTest(at) ? firstText(at) : undefined
    if (title !== undefined) return title
    if (!ts.isObjectLiteralExpression(at)) continue
    const name = at.properties.find((one) => ts.isPropertyAssignment(one) && one.name.getText() === "name")
    if (name !== undefined && ts.isPropertyAssignment(name)) return name.initializer.getText().slice(1, -1)
  }
  return ""
}

/** The fixed texts of a pattern: what stands between its classes, groups and choices. */
const textsOf = (literal: string): ReadonlyArray<string> => {
  const source = /^\/(.*)\/[a-z]*$/s.exec(literal)?.[1] ?? ""
  return source
    .replaceAll(/\[(?:\\.|[^\]\\])*\]|\(\?[:=!<]+|\\[a-zA-Z]|\{[\d,]+\}|(?<!\\)[.*+?()|^$]/g, "\0")
    .replaceAll(/\\(.)/g, "$1")
    .split("\0")
}

/** Everything that the tests in a file expect. */
export const expectationsIn = (file: string, source: string): ReadonlyArray<Expectation> => {
  if (!/\.tsx?$/.test(file)) return source.split("\n").map((text) => ({ file, title: "", texts: [text] }))
  return Array.from(below(parseSource(file, source))).flatMap((node): ReadonlyArray<Expectation> => {
    if (ts.isStringLiteralLike(node)) return [{ file, title: titleOf(node), texts: [node.text] }]
    if (ts.isTemplateExpression(node)) {
      const texts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
      return [{ file, title: titleOf(node), texts }]
    }
    if (ts.isRegularExpressionLiteral(node)) return [{ file, title: titleOf(node), texts: textsOf(node.text) }]
    if (ts.isPropertyAccessExpression(node) && node.expression.getText().endsWith("Reason")) {
      return [{ file, title: titleOf(node), texts: [node.name.text] }]
    }
    return []
  })
}

const wordsOf = (text: string): ReadonlyArray<string> => text.match(/[\p{L}\d-]+/gu) ?? []

/** The most words in a row that two texts share. */
const shared = (one: ReadonlyArray<string>, other: ReadonlyArray<string>): number => {
  let most = 0
  for (let from = 0; from < one.length; from++)
    for (let at = 0; at < other.length; at++) {
      let run = 0
      while (one[from + run] !== undefined && one[from + run] === other[at + run]) run++
      most = Math.max(most, run)
    }
  return most
}

/** How many fixed words of a sentence a test expects, each part of it as words in a row. */
const expectedWords = ({ texts }: Expectation, { message }: FoundError): number => {
  const expected = texts.map(wordsOf)
  return message.parts.map(wordsOf).reduce((sum, part) => {
    const most = Math.max(0, ...expected.map((words) => shared(part, words)))
    return sum + (most > 1 || most === part.length ? most : 0)
  }, 0)
}

/** Whether all fixed parts stand in a text one after the other, with their signs. */
const isWhole = ({ texts }: Expectation, { message }: FoundError): boolean => {
  const text = texts.join("\0")
  let at = 0
  return message.parts.every((part) => {
    const found = text.indexOf(part, at)
    at = found + part.length
    return found !== -1
  })
}

/** Whether its words all stand alone, as in "{one} is {two}": such words are in any text, and only their signs tell them. */
const isLoose = ({ message }: FoundError): boolean => message.parts.every((part) => wordsOf(part).length < 2)

/** So much of a sentence has to be expected. */
const enough = 0.6

/** Whether the words are all of this error, or most of them and no more of another one. */
const isAbout = (expectation: Expectation, error: FoundError, all: ReadonlyArray<FoundError>): boolean => {
  if (isLoose(error)) return isWhole(expectation, error)
  const own = expectedWords(expectation, error)
  const fixed = error.message.parts.flatMap(wordsOf).length
  if (own < Math.min(2, fixed) || own < enough * fixed) return false
  if (own === fixed && fixed > 2) return true
  return !all.some((other) => other.message.shown !== error.message.shown && expectedWords(expectation, other) > own)
}

/** A reason that says one thing only is known by its tag. */
const isTagOf = ({ texts }: Expectation, error: FoundError, all: ReadonlyArray<FoundError>): boolean =>
  error.project === "libs/client" &&
  texts[0] === error.tag &&
  !all.some(({ message, tag }) => tag === error.tag && message.shown !== error.message.shown)

/** Programs say what the libraries found, so anybody's test may show it; an app's own errors are shown by its own tests. */
const mayShow = (expectation: Expectation, error: FoundError): boolean =>
  error.project.startsWith("libs/") || expectation.file.startsWith(`${error.project}/`)

/** The tests that trigger an error, by file and title; `all` are the errors that it could be mistaken for. */
export const evidenceFor = (
  error: FoundError,
  expectations: ReadonlyArray<Expectation>,
  all: ReadonlyArray<FoundError>,
): ReadonlyArray<string> =>
  Array.from(
    new Set(
      expectations
        .filter(
          (one) =>
            (one.title !== "" || one.file.endsWith(".txt")) &&
            mayShow(one, error) &&
            (isTagOf(one, error, all) || isAbout(one, error, all)),
        )
        .map(({ file, title }) => (title === "" ? file : `${file}: ${title}`)),
    ),
  )
