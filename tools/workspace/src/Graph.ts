/**
 * `npm run graph`: draws which project of the workspace uses which, into
 * `docs/graph.md`, from the graph that Nx itself works with.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { step, workspaceRoot } from "./Step.ts"

/** One project: its folder from the root, as in `libs/domain`, and the folders of those it uses. */
export interface ProjectNode {
  readonly root: string
  readonly uses: ReadonlyArray<string>
}

interface NxGraph {
  readonly nodes: Readonly<Record<string, { readonly data: { readonly root: string } }>>
  readonly dependencies: Readonly<Record<string, ReadonlyArray<{ readonly target: string }>>>
}

/** Where the picture is, from the root. */
export const picture = "docs/graph.md"

const byName = (left: string, right: string): number => (left < right ? -1 : 1)

/** Every project in the order of folders. Throws with Nx's own words when it has no graph. */
export const projectGraph = (): ReadonlyArray<ProjectNode> => {
  const folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-graph-"))
  try {
    const file = join(folder, "graph.json")
    const made = step("nx", ["graph", `--file=${file}`], true)
    if (!made.ok) throw new Error(made.output)
    const { dependencies, nodes } = (JSON.parse(readFileSync(file, "utf8")) as { graph: NxGraph }).graph
    const roots = new Map(Object.entries(nodes).map(([name, node]) => [name, node.data.root]))
    return Array.from(roots, ([name, root]) => ({
      root,
      uses: (dependencies[name] ?? []).flatMap(({ target }) => roots.get(target) ?? []).toSorted(byName),
    })).toSorted((left, right) => byName(left.root, right.root))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const idOf = (root: string): string => root.replaceAll(/\W/g, "_")

const room = (name: string, projects: ReadonlyArray<ProjectNode>): ReadonlyArray<string> => [
  `  subgraph ${name}`,
  ...projects.filter(({ root }) => root.startsWith(`${name}/`)).map(({ root }) => `    ${idOf(root)}["${root}"]`),
  "  end",
]

/** The page with the picture, in Mermaid. */
export const graphPage = (projects: ReadonlyArray<ProjectNode>): string =>
  [
    "# Which project uses which",
    "",
    "Written by `npm run graph` from the project graph of Nx; a test fails when it is out of date. An arrow means",
    '"imports". `npx nx graph` shows the same to click through.',
    "",
    "```mermaid",
    "flowchart LR",
    ...["tools", "apps", "libs"].flatMap((name) => room(name, projects)),
    ...projects.flatMap(({ root, uses }) => uses.map((used) => `  ${idOf(root)} --> ${idOf(used)}`)),
    "```",
    "",
  ].join("\n")

if (import.meta.main) {
  writeFileSync(join(workspaceRoot, picture), graphPage(projectGraph()))
  process.stdout.write(`${picture} is written.\n`)
}
