/** The arrows between the projects: exactly those of `arrows.json`, from whatever side one looks. */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"
import { assert, describe, it } from "vitest"
import { graphPage, picture, projectGraph } from "../src/Graph.ts"
import { workspaceRoot } from "../src/Step.ts"

const read = (path: string): string => readFileSync(join(workspaceRoot, path), "utf8")

const expected = Object.entries(
  JSON.parse(read("tools/workspace/arrows.json")) as Record<string, ReadonlyArray<string>>,
)
  .flatMap(([root, uses]) => uses.map((used) => `${root} → ${used}`))
  .toSorted()

const roots = globSync("{apps,libs,tools}/*/package.json", { cwd: workspaceRoot }).map((path) =>
  path.replace("/package.json", ""),
)

interface Package {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const packages = new Map(roots.map((root) => [root, JSON.parse(read(`${root}/package.json`)) as Package]))

const rootOf = new Map(Array.from(packages, ([root, { name }]) => [name, root]))

/** The edges from one project to those that it names, each once, in order. */
const edges = (root: string, names: Iterable<string>): ReadonlyArray<string> =>
  Array.from(new Set(Array.from(names, (name) => rootOf.get(name.split("/", 2).join("/")))))
    .filter((used) => used !== undefined && used !== root)
    .map((used) => `${root} → ${used}`)

const importsOf = (root: string): ReadonlyArray<string> =>
  globSync(`${root}/{src,test,bin,proof,soak}/**/*.{ts,tsx,mjs}`, { cwd: workspaceRoot }).flatMap((path) =>
    ts.preProcessFile(read(path), true, true).importedFiles.map(({ fileName }) => fileName),
  )

describe("the projects", () => {
  it("are expected to use each other, and never an app or, outside of the tools, a tool", () => {
    assert.includeMembers(expected, ["apps/cli → libs/client", "libs/client → libs/domain"])
    assert.deepStrictEqual(
      expected.filter((arrow) => /→ apps\/|^(apps|libs).*→ tools\/|^libs\/domain/.test(arrow)),
      [],
    )
  })

  it("use each other as Nx sees it in exactly the expected ways, and the picture in the docs shows them", () => {
    const graph = projectGraph()
    assert.deepStrictEqual(
      graph.flatMap(({ root, uses }) => uses.map((used) => `${root} → ${used}`)).toSorted(),
      expected,
    )
    assert.strictEqual(read(picture), graphPage(graph), "run `npm run graph`")
  })

  it("name in package.json exactly what they may use", () => {
    const named = Array.from(packages).flatMap(([root, { dependencies, devDependencies, peerDependencies }]) =>
      edges(root, Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })),
    )
    assert.deepStrictEqual(named.toSorted(), expected)
  })

  it("import exactly what they may use", () => {
    assert.deepStrictEqual(roots.flatMap((root) => edges(root, importsOf(root))).toSorted(), expected)
  })
})
