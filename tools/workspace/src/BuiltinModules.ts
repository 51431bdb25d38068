/**
 * Modules of Node, each loaded when something that uses it is: an `import` of one stands at the head of a bundle, whatever
 * little of it runs. Of each are read the names that are used. Node reads them all, and reading `promises` of `node:fs` loads
 * what that is made of, `node:readline` among it.
 */
import type { ImportKind, Plugin } from "esbuild"
import { isBuiltin } from "node:module"

/** As Node makes a module of it: its object is the default, and names are what they were when it was loaded. */
const moduleOf = async (name: string): Promise<string> => {
  const names = Object.keys((await import(name)) as object).filter((key) => key !== "default")
  return [
    `const found = process.getBuiltinModule(${JSON.stringify(name)})`,
    "export default found",
    ...names.map((key, at) => `const name${at} = /* @__PURE__ */ (() => found[${JSON.stringify(key)}])()`),
    `export { ${names.map((key, at) => `name${at} as ${JSON.stringify(key)}`).join(", ")} }`,
  ].join("\n")
}

/** What CommonJS requires is loaded when that runs anyway. */
const kinds: ReadonlySet<ImportKind> = new Set(["import-statement", "dynamic-import"])

export const builtinModules: Plugin = {
  name: "builtin-modules",
  setup(builder) {
    builder.onResolve({ filter: /^(node:)?[a-z]/ }, ({ kind, path }) =>
      kinds.has(kind) && isBuiltin(path) ? { path, namespace: "builtin", sideEffects: false } : undefined,
    )
    builder.onLoad({ filter: /.*/, namespace: "builtin" }, async ({ path }) => ({ contents: await moduleOf(path) }))
  },
}
