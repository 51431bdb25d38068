/** Every import that the design forbids is stopped by the linter, with a sentence that says why. */
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { copyWorkspace } from "../src/WorkspaceCopy.ts"

interface Forbidden {
  readonly from: string
  readonly specifier: string
  readonly because: string
}

const noScreen = "Ink and React exist only in apps/cli"
const noApp = "Nobody imports an app: what two projects need belongs in a library."
const noTool = "Libraries and apps never import the tools"
const noPlatform = "A library leaves the choice of a platform to the program that uses it."
const arrow = "The arrow is apps → client → domain"

const forbidden: ReadonlyArray<Forbidden> = [
  { from: "libs/domain/src", specifier: "node:fs", because: "The domain runs anywhere" },
  { from: "libs/domain/src", specifier: "effect/http/HttpClient", because: "not how to get it: no HTTP" },
  { from: "libs/domain/src", specifier: "undici", because: "not how to get it: no HTTP" },
  { from: "libs/domain/src", specifier: "react", because: noScreen },
  { from: "libs/domain/src", specifier: "@effect/platform-node/NodeRuntime", because: noPlatform },
  { from: "libs/domain/src", specifier: "@mixpeek-alerts/client", because: arrow },
  { from: "libs/domain/src", specifier: "../../client/src/index.ts", because: arrow },
  { from: "libs/domain/test", specifier: "@mixpeek-alerts/client", because: arrow },
  { from: "libs/domain/src", specifier: "@mixpeek-alerts/sandbox", because: noTool },
  { from: "libs/client/src", specifier: "ink", because: noScreen },
  { from: "libs/client/src", specifier: "@effect/platform-node/NodeHttpClient", because: noPlatform },
  { from: "libs/client/src", specifier: "@mixpeek-alerts/cli/src/Code.ts", because: noApp },
  { from: "libs/client/test", specifier: "@mixpeek-alerts/sandbox", because: noTool },
  { from: "apps/reporter/src", specifier: "ink", because: noScreen },
  { from: "apps/reporter/src", specifier: "react/jsx-runtime", because: noScreen },
  { from: "apps/reporter/src", specifier: "@mixpeek-alerts/cli/src/Code.ts", because: noApp },
  { from: "apps/reporter/src", specifier: "../../cli/src/Code.ts", because: noApp },
  { from: "apps/reporter/test", specifier: "../../../tools/sandbox/src/index.ts", because: noTool },
  { from: "apps/cli/src", specifier: "@mixpeek-alerts/reporter/src/Journal.ts", because: noApp },
  { from: "apps/cli/src", specifier: "@mixpeek-alerts/sandbox", because: noTool },
  { from: "tools/sandbox/src", specifier: "ink", because: noScreen },
  { from: "tools/workspace/src", specifier: "@mixpeek-alerts/reporter/src/Journal.ts", because: noApp },
  // Where no name is known, Nx's own rule speaks.
  { from: "libs/domain/src", specifier: "../../../tools/workspace/src/Step.ts", because: "relative or absolute path" },
  { from: "apps/cli/src", specifier: "../../../libs/domain/src/index.ts", because: "relative or absolute path" },
  { from: "apps/reporter/src", specifier: "undici", because: "Transitive" },
]

const paths = forbidden.map(({ from }, index) => `${from}/Forbidden${index}.ts`)
const cycle = ["libs/client/src/CycleOne.ts", "libs/client/src/CycleTwo.ts"] as const

interface Finding {
  readonly filename: string
  readonly code: string
  readonly message: string
  readonly help?: string
}

describe("the linter", () => {
  const copy = copyWorkspace()
  let findings: ReadonlyArray<Finding> = []

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(copy.root, path)), { recursive: true })
    writeFileSync(join(copy.root, path), text)
  }

  const saidOf = (path: string): string =>
    findings
      .filter(({ filename }) => filename === path)
      .map(({ code, help, message }) => `${code}: ${message} ${help ?? ""}`)
      .join("\n")

  beforeAll(async () => {
    forbidden.forEach(({ specifier }, index) => write(paths[index] ?? "", `export * from "${specifier}"\n`))
    write(cycle[0], 'import { two } from "./CycleTwo.ts"\nexport const one = (): number => two()\n')
    write(cycle[1], 'import { one } from "./CycleOne.ts"\nexport const two = (): number => one()\n')
    // The graph, without which the boundary rule is skipped.
    const graph = await copy.run("nx", "show", "projects")
    assert.strictEqual(graph.code, 0, graph.output)
    const linted = await copy.run("oxlint", "--format=json", ...paths, ...cycle)
    findings = (JSON.parse(linted.output) as { diagnostics: ReadonlyArray<Finding> }).diagnostics
  })

  afterAll(() => copy[Symbol.dispose]())

  it.each(forbidden.map((one, index) => ({ ...one, path: paths[index] ?? "" })))(
    "stops $specifier in $from and says why",
    ({ because, path }) => assert.include(saidOf(path), because),
  )

  it("stops files that import each other", () => {
    for (const path of cycle) assert.include(saidOf(path), "import(no-cycle)")
  })
})
