/** The commands that the documents tell people to type. */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { workspaceRoot } from "../src/Step.ts"

/** One command, and the document that has it. */
export interface DocCommand {
  readonly file: string
  readonly command: string
}

const programs = "npm|npx|nx|node|bash|sh|git|curl|docker|vitest|esbuild|tsc|mixpeek-alerts(?:-reporter)?"

const inText = new RegExp(`^(?:[A-Z_]+=\\S+ |/usr/bin/time -v )*(?:${programs})(?: |$)`)

const withoutComment = (line: string): string => line.replace(/(^|\s+)#\s.*$/, "").trim()

const inFences = (text: string): ReadonlyArray<string> =>
  Array.from(text.matchAll(/^```(?:sh|bash|console)\n(.*?)^```/gms), ([, block]) => block ?? "")
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, " ").split("\n"))
    .flatMap((line) => withoutComment(line).split(" && "))

/** A program's bare name is no command; nor is what has no argument. */
const inSentences = (text: string): ReadonlyArray<string> =>
  Array.from(text.replaceAll(/^```.*?^```/gms, "").matchAll(/`([^`]+)`/g), ([, code]) =>
    (code ?? "").replaceAll(/\s*\n\s*/g, " ").replaceAll("\\|", "|"),
  ).filter((code) => inText.test(code) && code.includes(" "))

/** Every command of every document, each once for each document. */
export const docCommands = (): ReadonlyArray<DocCommand> =>
  globSync(["*.md", "docs/*.md", "{apps,libs,tools}/*/README.md"], { cwd: workspaceRoot })
    .toSorted()
    .filter((file) => file !== "CHANGELOG.md")
    .flatMap((file) => {
      const text = readFileSync(join(workspaceRoot, file), "utf8")
      const commands = [...inFences(text), ...inSentences(text)].filter((command) => command !== "")
      return Array.from(new Set(commands), (command) => ({ file, command }))
    })
