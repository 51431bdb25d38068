/** What Nx knows of this workspace beyond its packages: how to lint a project and how to bundle an app. */
import { createNodesFromFiles, type CreateNodesV2, type TargetConfiguration } from "@nx/devkit"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"

const lint = (root: string): TargetConfiguration => ({
  command: `oxlint --no-error-on-unmatched-pattern ${root}`,
  cache: true,
  inputs: [
    "code",
    "^production",
    "{workspaceRoot}/.oxlintrc.json",
    { externalDependencies: ["oxlint", "oxlint-tsgolint", "@nx/eslint-plugin"] },
  ],
})

const bundled = (root: string): TargetConfiguration => ({
  command: `node tools/workspace/src/Bundle.ts ${root}`,
  cache: true,
  inputs: [
    "production",
    "^production",
    // All of it, as for `--if-stale`: a list of what the bundler is made of would miss its next part.
    "{workspaceRoot}/tools/workspace/src/**/*",
    { externalDependencies: ["esbuild", "effect", "@effect/platform-node"] },
  ],
  outputs: ["{projectRoot}/dist"],
})

/** Runs from the sources, so it needs no build and no cache. */
const started = (root: string): TargetConfiguration => ({
  command: `node --conditions=@mixpeek-alerts/source ${root}/src/main.ts`,
})

/** Every project gets `lint`; an app with a program gets a `build` that bundles it, and a `start`. */
export const createNodesV2: CreateNodesV2 = [
  "{apps,libs,tools}/*/package.json",
  (files, options, context) =>
    createNodesFromFiles(
      (file) => {
        const root = dirname(file)
        const isProgram = root.startsWith("apps/") && existsSync(join(context.workspaceRoot, root, "src", "main.ts"))
        const targets = { lint: lint(root), ...(isProgram ? { build: bundled(root), start: started(root) } : {}) }
        return { projects: { [root]: { targets } } }
      },
      files,
      options,
      context,
    ),
]
