/**
 * Bundles only what is used of packages whose index re-exports whole modules, as Effect's does: `export * as Schema`. Of a
 * module that is imported through such an index esbuild keeps everything, and everything that this needs; of one that is
 * imported by its own path, what is used. So `import { Schema } from "effect"` is read as
 * `import * as Schema from "effect/Schema"`. Our sources, and who uses the libraries without a bundler, notice nothing.
 */
import type { Plugin } from "esbuild"
import { readFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"

const imports = /\bimport \{([^}]*)\} from "(effect(?:\/[a-z-]+)?)"/g
const specifier = /^(\w+)(?: as (\w+))?$/
const reexports = /^export \* as (\w+) from "\.\/([\w/]+)\.js"/gm

const packageRoot = dirname(createRequire(import.meta.url).resolve("effect/package.json"))
const modulesOf = new Map<string, ReadonlyMap<string, string>>()

/** The modules that an index exports by name, as one can import them. */
const readIndex = (index: string): ReadonlyMap<string, string> => {
  const path = fileURLToPath(import.meta.resolve(index))
  const folder = relative(join(packageRoot, "dist"), dirname(path))
  return new Map(
    Array.from(readFileSync(path, "utf8").matchAll(reexports), ([, name = "", file = ""]) => [
      name,
      ["effect", ...(folder === "" ? [] : [folder]), file].join("/"),
    ]),
  )
}

const modulesIn = (index: string): ReadonlyMap<string, string> => {
  const known = modulesOf.get(index) ?? readIndex(index)
  modulesOf.set(index, known)
  return known
}

const importOf = (text: string, index: string): string => {
  if (text.startsWith("type ")) return `import { ${text} } from "${index}"`
  const [, name = "", local = name] = specifier.exec(text) ?? []
  const path = modulesIn(index).get(name)
  return path === undefined ? `import { ${text} } from "${index}"` : `import * as ${local} from "${path}"`
}

/** The source with each module imported by its own path, line for line. */
export const withModulePaths = (source: string): string =>
  source.replace(imports, (_, names: string, index: string) => {
    const each = names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "")
    return each.map((name) => importOf(name, index)).join("; ") + names.replace(/[^\n]/g, "")
  })

export const barrelImports: Plugin = {
  name: "barrel-imports",
  setup(builder) {
    builder.onLoad({ filter: /\/(?:apps|libs|tools)\/[\w-]+\/src\/.*\.tsx?$/ }, async ({ path }) => ({
      contents: withModulePaths(await readFile(path, "utf8")),
      loader: path.endsWith("x") ? "tsx" : "ts",
    }))
  },
}
