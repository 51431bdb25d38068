/**
 * `node:fs` without `node:fs/promises`. Who imports it gets every one of its names read, and reading `promises` loads what
 * that is made of, `node:readline` among it: 2 ms of CPU. Here its object is taken as it is.
 */
import type { Plugin } from "esbuild"

export const builtinFs: Plugin = {
  name: "builtin-fs",
  setup(builder) {
    builder.onResolve({ filter: /^node:fs$/ }, ({ kind, path }) =>
      kind === "import-statement" ? { path, namespace: "builtin-fs" } : undefined,
    )
    builder.onLoad({ filter: /.*/, namespace: "builtin-fs" }, () => ({
      contents: 'module.exports = process.getBuiltinModule("node:fs")',
    }))
  },
}
