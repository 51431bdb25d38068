/**
 * Bundles one app: `node tools/workspace/src/Bundle.ts apps/NAME`. The entry
 * is `src/main.ts`, the result is `dist/PROGRAM.mjs` with the program's name
 * from `bin`, and what it imports dynamically lies in chunks beside it.
 */
import { build, type Plugin } from "esbuild"
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"

// Ink imports this optional package from a lazy module; left external, the import is hoisted and fails at start.
const withoutDevtools: Plugin = {
  name: "without-react-devtools",
  setup(builder) {
    builder.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: "empty" }))
    builder.onLoad({ filter: /.*/, namespace: "empty" }, () => ({
      contents: "export default { initialize() {}, connectToDevTools() {} }",
    }))
  },
}

/** Bundles the app in `root` and returns the size of its entry file in bytes. */
export const bundle = async (root: string): Promise<number> => {
  const { bin, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    bin: Record<string, string>
    version: string
  }
  const program = Object.keys(bin)[0]
  if (program === undefined) throw new Error(`${root}/package.json names no program under "bin"`)
  rmSync(join(root, "dist"), { recursive: true, force: true })
  const result = await build({
    entryPoints: [{ in: join(root, "src", "main.ts"), out: program }],
    outdir: join(root, "dist"),
    outExtension: { ".js": ".mjs" },
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node24",
    conditions: ["@mixpeek-alerts/source"],
    minify: true,
    keepNames: true,
    legalComments: "linked",
    define: {
      "process.env.NODE_ENV": '"production"',
      "process.env.DEV": '"false"',
      __VERSION__: JSON.stringify(version),
    },
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    plugins: [withoutDevtools],
    metafile: true,
    logLevel: "warning",
  })
  const [, entry] = Object.entries(result.metafile.outputs).find(([file]) => file.endsWith(`/${program}.mjs`)) ?? []
  if (entry === undefined) throw new Error(`${root}: the bundler wrote no ${program}.mjs`)
  return entry.bytes
}

const [root] = process.argv.slice(2)
if (import.meta.main) {
  if (root === undefined) throw new Error("usage: Bundle.ts apps/NAME")
  const bytes = await bundle(root)
  process.stdout.write(`${root}: ${(bytes / 1024).toFixed(0)} KiB\n`)
}
