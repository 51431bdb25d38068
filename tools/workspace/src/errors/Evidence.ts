/** Which test triggers an error: one that expects its whole sentence. */
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

/** Whether a text is expected: what a test is called is not, nor what it denies. */
const isExpected = (node: ts.Node): boolean => {
  const { parent } = node
  if (ts.isPropertyAssignment(parent)) return parent.name.getText() !== "name"
  if (!ts.isCallExpression(parent)) return true
  return !(isTest(parent) && parent.arguments[0] === node) && !/\.not(?![a-z])/.test(parent.expression.getText())
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
const fixedIn = (pattern: string): ReadonlyArray<string> => {
  const source = /^\/(.*)\/[a-z]*$/s.exec(pattern)?.[1] ?? ""
  return source
    .replaceAll(/\[(?:\\.|[^\]\\])*\]|\(\?[:=!<]+|\\[a-zA-Z]|\{[\d,]+\}|(?<!\\)[.*+?()|^$]/g, "\0")
    .replaceAll(/\\(.)/g, "$1")
    .split("\0")
}

/** The fixed texts of a text, a template or a pattern; none of anything else. */
const textsOf = (node: ts.Node): ReadonlyArray<string> => {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
  return ts.isRegularExpressionLiteral(node) ? fixedIn(node.text) : []
}

/** Everything that the tests in a file expect. */
export const expectationsIn = (file: string, source: string): ReadonlyArray<Expectation> => {
  if (!/\.tsx?$/.test(file)) return source.split("\n").map((text) => ({ file, title: "", texts: [text] }))
  return Array.from(below(parseSource(file, source))).flatMap((node): ReadonlyArray<Expectation> => {
    const texts = textsOf(node)
    return texts.length > 0 && isExpected(node) ? [{ file, title: titleOf(node), texts }] : []
  })
}

/** Whether all fixed parts of an error's sentence stand in a text one after the other, with their signs. */
const isWhole = ({ texts }: Expectation, { message }: FoundError): boolean => {
  const text = texts.join("\0")
  let at = 0
  return message.parts.every((part) => {
    const found = text.indexOf(part, at)
    at = found + part.length
    return found !== -1
  })
}

/** An app's own errors are shown by its own tests; those of the libraries by anybody's that does not say the same itself. */
const mayShow = ({ file }: Expectation, error: FoundError, all: ReadonlyArray<FoundError>): boolean =>
  file.startsWith(`${error.project}/`) ||
  (error.project.startsWith("libs/") &&
    !all.some(
      ({ message, project }) =>
        file.startsWith(`${project}/`) && message.parts.join("\0") === error.message.parts.join("\0"),
    ))

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
          (one) => (one.title !== "" || one.file.endsWith(".txt")) && isWhole(one, error) && mayShow(one, error, all),
        )
        .map(({ file, title }) => (title === "" ? file : `${file}: ${title}`)),
    ),
  )
