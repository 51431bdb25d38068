/** What every new project needs: its files, its place in the references, its arrows, its link in node_modules. */
import { generateFiles, type GeneratorCallback, readJson, type Tree, updateJson } from "@nx/devkit"
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { pinned } from "../Step.ts"
import { checkProjectName } from "./ProjectName.ts"

/** What a generator is asked for, see its schema. */
export interface ProjectOptions {
  readonly name: string
  readonly skipInstall?: boolean
}

/** Where a kind of project lies, and what it uses from the start. */
const kinds = {
  app: { folder: "apps", uses: ["libs/client", "libs/domain"] },
  lib: { folder: "libs", uses: ["libs/domain"] },
} as const

interface Package {
  readonly version: string
  readonly devDependencies: Readonly<Record<string, string>>
}

/** A program of the same name would hide, or be hidden by, one that is installed. */
const takenIn = (tree: Tree): ReadonlySet<string> => {
  const programs = join(tree.root, "node_modules", ".bin")
  return new Set([
    ...["apps", "libs", "tools"].flatMap((folder) => tree.children(folder)),
    ...(existsSync(programs) ? readdirSync(programs) : []),
  ])
}

/** The versions in use, so that a new project brings no second one. */
const versionsIn = (tree: Tree) => {
  const { devDependencies, version } = readJson<Package>(tree, "apps/reporter/package.json")
  return {
    workspace: version,
    effect: devDependencies["effect"],
    platformNode: devDependencies["@effect/platform-node"],
  }
}

const addReference = (tree: Tree, root: string): void =>
  updateJson(tree, "tsconfig.json", (config: { references: ReadonlyArray<{ readonly path: string }> }) => ({
    ...config,
    references: [...config.references, { path: `./${root}` }],
  }))

const arrows = "tools/workspace/arrows.json"

/** The arrows of a new project are expected ones. */
const addArrows = (tree: Tree, root: string, uses: ReadonlyArray<string>): void =>
  updateJson(tree, arrows, (expected: Readonly<Record<string, ReadonlyArray<string>>>) =>
    Object.fromEntries(
      Object.entries({ ...expected, [root]: uses }).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ),
  )

/** Lines depend on the length of the name, so the formatter has the last word. */
const finish = (root: string, project: string, skipInstall: boolean): void => {
  const run = (command: string, ...args: ReadonlyArray<string>): void =>
    void execFileSync(command, args, { cwd: root, env: pinned, stdio: "inherit" })
  run("oxfmt", project, "tsconfig.json", arrows)
  if (!skipInstall) run("npm", "install", "--prefer-offline", "--loglevel=error")
  run("node", "tools/workspace/src/Graph.ts")
}

/** Writes a new project of a kind. Throws `BadProjectName` for a name that cannot be used. */
export const addProject = (tree: Tree, kind: keyof typeof kinds, options: ProjectOptions): GeneratorCallback => {
  const { name, skipInstall = false } = options
  checkProjectName(name, takenIn(tree))
  const { folder, uses } = kinds[kind]
  const root = `${folder}/${name}`
  const templates = join(import.meta.dirname, "..", "..", "templates", kind)
  generateFiles(tree, templates, root, { name, versions: versionsIn(tree) })
  addReference(tree, root)
  addArrows(tree, root, uses)
  return () => finish(tree.root, root, skipInstall)
}
