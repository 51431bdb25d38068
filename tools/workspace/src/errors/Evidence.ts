/** Which test triggers an error: one that expects its words, or for a reason of the client, its tag. */
import ts from "typescript"
import type { FoundError } from "./FoundError.ts"
import { below, parseSource } from "./Sentence.ts"

/** What a test expects somewhere: a text or a pattern, and under which name. */
export interface Expectation {
  readonly file: string
  readonly title: string
  readonly text: string
  readonly pattern: RegExp | undefined
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
    if (ts.isCallExpression(at) && isTest(at)) return firstText(at) ?? ""
    if (!ts.isObjectLiteralExpression(at)) continue
    const name = at.properties.find((one) => ts.isPropertyAssignment(one) && one.name.getText() === "name")
    if (name !== undefined && ts.isPropertyAssignment(name)) return name.initializer.getText().slice(1, -1)
  }
  return ""
}

const patternOf = (literal: string): RegExp | undefined => {
  const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(literal) ?? []
  try {
    return source === undefined ? undefined : new RegExp(source, (flags ?? "").replace("g", ""))
  } catch {
    return undefined
  }
}

/** Everything that the tests in a file expect. */
export const expectationsIn = (file: string, source: string): ReadonlyArray<Expectation> => {
  if (!/\.tsx?$/.test(file)) return source.split("\n").map((text) => ({ file, title: "", text, pattern: undefined }))
  return Array.from(below(parseSource(file, source))).flatMap((node): ReadonlyArray<Expectation> => {
    if (
      ts.isStringLiteralLike(node) ||
      node.kind === ts.SyntaxKind.TemplateHead ||
      node.kind === ts.SyntaxKind.TemplateTail ||
      node.kind === ts.SyntaxKind.TemplateMiddle
    ) {
      return [{ file, title: titleOf(node), text: (node as ts.LiteralLikeNode).text, pattern: undefined }]
    }
    if (ts.isRegularExpressionLiteral(node))
      return [{ file, title: titleOf(node), text: "", pattern: patternOf(node.text) }]
    if (ts.isPropertyAccessExpression(node) && node.expression.getText().endsWith("Reason")) {
      return [{ file, title: titleOf(node), text: node.name.text, pattern: undefined }]
    }
    return []
  })
}

/** What may stand in a gap. */
const fillers = ["exec_1", "1", "EIO", "ENOSPC", "/x", ""]

/** A pattern that fits anything is no evidence. */
const controls = ["The quick brown fox jumps over the lazy dog.", "Wovon man nicht sprechen kann (17)."]

const words = (text: string): number => text.match(/\w{2,}/g)?.length ?? 0

const expects = ({ pattern, text }: Expectation, error: FoundError): boolean => {
  const parts = error.message.parts.map((part) => part.trim()).filter((part) => words(part) > 0)
  const samples = fillers.flatMap((filler) => [
    error.message.parts.join(filler),
    `${error.tag}: ${error.message.parts.join(filler)}`,
  ])
  if (pattern !== undefined)
    return (
      pattern.source.length > 2 &&
      samples.some((sample) => pattern.test(sample)) &&
      !controls.some((control) => pattern.test(control))
    )
  if (error.project === "libs/client" && error.tag !== "InvalidConfig" && text === error.tag) return true
  return parts.some(
    (part) => (words(part) > 1 && text.includes(part)) || (words(text) > 2 && part.includes(text.trim())),
  )
}

/** Programs say what the libraries found, so anybody's test may show it; an app's own errors are shown by its own tests. */
const mayShow = (expectation: Expectation, error: FoundError): boolean =>
  error.project.startsWith("libs/") || expectation.file.startsWith(`${error.project}/`)

/** The tests that trigger an error, by file and title. */
export const evidenceFor = (error: FoundError, expectations: ReadonlyArray<Expectation>): ReadonlyArray<string> =>
  Array.from(
    new Set(
      expectations
        .filter((one) => (one.title !== "" || one.file.endsWith(".txt")) && mayShow(one, error) && expects(one, error))
        .map(({ file, title }) => (title === "" ? file : `${file}: ${title}`)),
    ),
  )
