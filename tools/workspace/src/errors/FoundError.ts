/** The errors that people can meet, found in the source: each pair of a sentence and a hint, with its tag and its exit code. */
import ts from "typescript"
import { below, isSentence, parseSource, type Sentence, sentenceOf, sentencesOf } from "./Sentence.ts"

export interface FoundError {
  /** Which program or library says it. */
  readonly project: string
  readonly file: string
  readonly tag: string
  readonly message: Sentence
  readonly hints: ReadonlyArray<Sentence>
  /** The name of the exit code. */
  readonly code: string
}

/** What a project's makers of errors mean, where the call itself does not name the tag or the code. */
const defaults: Readonly<Record<string, readonly [tag: string, code: string]>> = {
  "apps/reporter": ["Usage", "usage"],
  "apps/cli": ["Usage", "usage"],
  "libs/domain": ["Usage", "usage"],
  "libs/client": ["InvalidConfig", "config"],
}

const special: Readonly<Record<string, readonly [tag: string, code: string]>> = {
  configProblem: ["InvalidConfig", "config"],
  "apps/cli/src/commands/ConfigFile.ts {}": ["InvalidConfig", "config"],
  "apps/reporter/src/IdList.ts problem": ["BadIdFile", "usage"],
}

const stringOf = (node: ts.Expression | undefined): string | undefined =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined

const codeNameOf = (node: ts.Expression | undefined): string | undefined =>
  node !== undefined && ts.isPropertyAccessExpression(node) && /^(Code|ExitCode)$/.test(node.expression.getText())
    ? node.name.text
    : undefined

/** The exit code of each kind of the exporter, from its own table. */
export const kindCodes = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from(text.matchAll(/^ {2}(\w+): ExitCode\.(\w+),$/gm), ([, kind = "", code = ""]) => [kind, code]),
  )

/** The hint that a maker of errors gives to all of them. */
const ownHints = (call: ts.Node, callee: string): ReadonlyArray<Sentence> =>
  call
    .getSourceFile()
    .statements.flatMap((statement) =>
      ts.isVariableStatement(statement) && statement.declarationList.declarations[0]?.name.getText() === callee
        ? Array.from(below(statement)).flatMap((node) =>
            ts.isPropertyAssignment(node) && node.name.getText() === "hint" ? sentencesOf(node.initializer) : [],
          )
        : [],
    )

/** Calls that take a sentence and are no error: what is noted on the way, and checks of `doctor` that pass or warn. */
const harmless =
  /^(note|say|ok|skip|warn|progress\.note|sentenceOf|describe|it)$|^Flag|^Command|^Argument|withDescription/

/** Tags that a call takes from a variable. */
const several: Readonly<Record<string, ReadonlyArray<string>>> = {
  "Cannot {verb} {path} ({code}).": ["CannotCreate", "WriteFailed", "ReadFailed"],
  "{cause} before its end.": ["Interrupted", "Terminated", "Stopped"],
}

const ofCall = (
  call: ts.CallExpression,
  project: string,
  file: string,
  codes: Readonly<Record<string, string>>,
): ReadonlyArray<FoundError> => {
  const callee = call.expression.getText()
  const all = [...call.arguments]
  const at = all.findIndex((argument) => !ts.isIdentifier(argument) && sentencesOf(argument).some(isSentence))
  if (at === -1 || harmless.test(callee)) return []
  const isDoctor = file.includes("/doctor/")
  if (isDoctor && callee !== "failed") return []
  const hints = all[at + 1] === undefined ? ownHints(call, callee) : sentencesOf(all[at + 1])
  if (hints.length === 0 && codeNameOf(all[1]) === undefined) return []
  const known = special[`${file} ${callee}`] ?? special[callee] ?? defaults[project] ?? ["", ""]
  const named = stringOf(all[0])
  const tag = isDoctor ? "doctor" : at > 0 && named !== undefined && /^[A-Z][A-Za-z]+$/.test(named) ? named : known[0]
  return sentencesOf(all[at])
    .filter(isSentence)
    .flatMap((message) =>
      (several[message.shown] ?? [tag]).map((one): FoundError => ({
        project,
        file,
        tag: one,
        message,
        hints: hints.filter(({ shown }) => shown.includes(" ")),
        code: codeNameOf(all[1]) ?? codes[one] ?? known[1],
      })),
    )
}

const memberOf = (node: ts.ObjectLiteralExpression, names: ReadonlyArray<string>): ts.Expression | undefined => {
  for (const one of node.properties) {
    if (ts.isPropertyAssignment(one) && names.includes(one.name.getText())) return one.initializer
  }
  return undefined
}

const ofObject = (node: ts.ObjectLiteralExpression, project: string, file: string) => {
  const hints = sentencesOf(memberOf(node, ["hint", "remedy"]))
  const [tag, code] = special[`${file} {}`] ?? defaults[project] ?? ["", ""]
  const messages = sentencesOf(memberOf(node, ["message", "problem"])).filter(isSentence)
  return hints.length === 0 || file.endsWith("x") || file.includes("/doctor/")
    ? []
    : messages.map((message): FoundError => ({ project, file, tag, message, hints, code }))
}

/** What a getter may return, tables of sentences included. */
const returned = (getter: ts.GetAccessorDeclaration): ReadonlyArray<Sentence> =>
  Array.from(below(getter)).flatMap((node) =>
    ts.isReturnStatement(node) || ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)
      ? sentencesOf(ts.isReturnStatement(node) ? node.expression : node.initializer)
      : [],
  )

const ofReason = (
  node: ts.ClassDeclaration,
  file: string,
  codes: Readonly<Record<string, string>>,
): ReadonlyArray<FoundError> => {
  const tag = node.name?.text ?? ""
  const getter = (name: string): ReadonlyArray<Sentence> =>
    node.members.flatMap((member) =>
      ts.isGetAccessor(member) && member.name.getText() === name ? returned(member) : [],
    )
  const code = codes[tag]
  if (code === undefined) return []
  const messages = getter("message").filter(({ parts }) => parts.some((part) => /\w+ \w+/.test(part)))
  return messages.map((message) => ({ project: "libs/client", file, tag, message, hints: getter("hint"), code }))
}

/** What is written before there is anything else: a tag and a sentence in one text. */
const ofWrite = (call: ts.CallExpression, project: string, file: string): ReadonlyArray<FoundError> => {
  const sentence = call.expression.getText() === "process.stderr.write" ? sentenceOf(call.arguments[0]) : undefined
  const [, tag, shown] = /^([A-Z][A-Za-z]+): (.+?)\n/s.exec(sentence?.shown ?? "") ?? []
  if (sentence === undefined || tag === undefined || shown === undefined) return []
  const message = { shown, parts: sentence.parts.map((part) => part.replace(`${tag}: `, "").trim()) }
  return [{ project, file, tag, message, hints: [], code: { OldNode: "config", Io: "io", Bug: "bug" }[tag] ?? "bug" }]
}

/** The errors of one file. `codes` has the exit code of each kind or reason, by the project's own table. */
export const errorsIn = (
  file: string,
  text: string,
  codes: Readonly<Record<string, string>>,
): ReadonlyArray<FoundError> => {
  const project = file.split("/").slice(0, 2).join("/")
  return Array.from(below(parseSource(file, text))).flatMap((node) => {
    if (ts.isClassDeclaration(node)) return ofReason(node, file, codes)
    if (ts.isCallExpression(node)) return [...ofCall(node, project, file, codes), ...ofWrite(node, project, file)]
    return ts.isObjectLiteralExpression(node) ? ofObject(node, project, file) : []
  })
}
