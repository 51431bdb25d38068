/** What Nx knows of this workspace beyond its packages: how to lint a project and how to bundle an app. */
import { createNodesFromFiles, type CreateNodesV2, type TargetConfiguration } from "@nx/devkit"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"

const lint = (root: string): TargetConfiguration => ({
  command: `oxlint ${root}`,
  cache: true,
  inputs: [
    "default",
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
    "{workspaceRoot}/tools/workspace/src/Bundle.ts",
    { externalDependencies: ["esbuild", "effect", "@effect/platform-node"] },
  ],
  outputs: ["{projectRoot}/dist"],
})

/** Every project gets `lint`; an app with a program gets a `build` that bundles it. */
export const createNodesV2: CreateNodesV2 = [
  "{apps,libs,tools}/*/package.json",
  (files, options, context) =>
    createNodesFromFiles(
      (file) => {
        const root = dirname(file)
        const isProgram = root.startsWith("apps/") && existsSync(join(context.workspaceRoot, root, "src", "main.ts"))
        const targets = { lint: lint(root), ...(isProgram ? { build: bundled(root) } : {}) }
        return { projects: { [root]: { targets } } }
      },
      files,
      options,
      context,
    ),
]
