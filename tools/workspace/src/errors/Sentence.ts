/** Reads sentences out of source code: texts, and templates with a name in each gap. */
import ts from "typescript"

/** A text with gaps, each named by what fills it, as in `--{name} {value} is out of range.` */
export interface Sentence {
  /** For people. */
  readonly shown: string
  /** The fixed parts between the gaps. */
  readonly parts: ReadonlyArray<string>
}

const nameOf = (node: ts.Expression): string => {
  if (ts.isIdentifier(node)) return node.text
  if (ts.isPropertyAccessExpression(node)) return nameOf(node.expression) === "this" ? node.name.text : node.name.text
  if (ts.isCallExpression(node))
    return node.arguments[0] === undefined ? nameOf(node.expression) : nameOf(node.arguments[0])
  return "…"
}

/** The sentence that a text or a template is; undefined for anything else. */
export const sentenceOf = (node: ts.Expression | undefined): Sentence | undefined => {
  if (node === undefined) return undefined
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return sentenceOf(node.expression)
  if (ts.isStringLiteralLike(node)) return { shown: node.text, parts: [node.text] }
  if (!ts.isTemplateExpression(node)) return undefined
  let shown = node.head.text
  for (const { expression, literal } of node.templateSpans) shown += `{${nameOf(expression)}}${literal.text}`
  return { shown, parts: [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)] }
}

/** What a name stands for: the nearest declaration before it in the file. */
const declared = (name: ts.Identifier): ts.Expression | undefined => {
  const found = Array.from(below(name.getSourceFile())).filter(
    (node): node is ts.VariableDeclaration =>
      ts.isVariableDeclaration(node) && node.name.getText() === name.text && node.pos < name.pos,
  )
  return found.at(-1)?.initializer
}

/** Every sentence that an expression may be: both sides of a condition, and what a name stands for. */
export const sentencesOf = (node: ts.Expression | undefined): ReadonlyArray<Sentence> => {
  if (node === undefined) return []
  if (ts.isIdentifier(node)) {
    const value = declared(node)
    return value === undefined || ts.isIdentifier(value) ? [] : sentencesOf(value)
  }
  if (ts.isConditionalExpression(node)) return [...sentencesOf(node.whenTrue), ...sentencesOf(node.whenFalse)]
  const one = sentenceOf(node)
  return one === undefined ? [] : [one]
}

/** Whether people are meant: words, and a full stop, which a sentence that begins with a command's name has to have. */
export const isSentence = ({ parts, shown }: Sentence): boolean =>
  /\s\S+.*[.?!}]$/s.test(shown) &&
  /^(?:[A-Z"{$-]|[a-z].*[.?!]$)/s.test(shown) &&
  parts.some((part) => /\w{2}/.test(part))

export const parseSource = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )

/** Every node below one, itself first. */
export function* below(node: ts.Node): Generator<ts.Node> {
  yield node
  const children: Array<ts.Node> = []
  node.forEachChild((child) => void children.push(child))
  for (const child of children) yield* below(child)
}
