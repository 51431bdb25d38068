/**
 * `npm run check`: every gate but the tests, in an order in which each finds
 * what it needs. All run, even after one failed; the table says which.
 */
import { step, type StepResult } from "./Step.ts"

interface Gate {
  readonly name: string
  readonly command: ReadonlyArray<string>
  /** A gate that read nothing passed nothing: what its output must hold. */
  readonly expects?: RegExp
}

const gates: ReadonlyArray<Gate> = [
  { name: "format", command: ["oxfmt", "--check", "."] },
  // Also writes the project graph, without which the boundary rules of the linter are silently skipped.
  { name: "project references", command: ["nx", "sync:check"] },
  { name: "types", command: ["tsc", "-b"] },
  { name: "lint and boundaries", command: ["oxlint"] },
  {
    name: "Effect diagnostics",
    command: ["effect-language-service", "diagnostics", "--project", "tsconfig.json", "--format", "text", "--strict"],
    expects: /Checked [1-9]\d\d files/,
  },
  { name: "dead code", command: ["knip"] },
  { name: "package versions", command: ["sherif"] },
  { name: "licences", command: ["node", "tools/workspace/src/Licences.ts"], expects: /licences of [1-9]\d\d packages/ },
  { name: "packages: domain", command: ["publint", "libs/domain", "--strict"] },
  { name: "packages: client", command: ["publint", "libs/client", "--strict"] },
  { name: "API reference", command: ["typedoc", "--emit", "none"] },
]

const passes = (gate: Gate, result: StepResult): boolean =>
  result.ok && (gate.expects === undefined || gate.expects.test(result.output))

let failed = 0
for (const gate of gates) {
  const [command = "", ...args] = gate.command
  const result = step(command, args, true)
  const ok = passes(gate, result)
  process.stdout.write(`${ok ? "ok    " : "FAILED"}  ${gate.name}  ${result.seconds.toFixed(1)} s\n`)
  if (!ok) {
    failed++
    process.stdout.write(`${result.output.trim()}\n`)
  }
}
process.exitCode = failed === 0 ? 0 : 1
