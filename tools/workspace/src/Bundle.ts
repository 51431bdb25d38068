/**
 * Bundles one app: `node tools/workspace/src/Bundle.ts apps/NAME [--if-stale]`.
 * The entry is `src/main.ts`, the result is `dist/PROGRAM.mjs` with the
 * program's name from `bin`, and what it imports dynamically is the script
 * `dist/PROGRAM.cjs` beside it (see `ProgramScript.ts`). With `--if-stale`, a
 * bundle newer than its sources is left alone.
 */
import { build, type BuildOptions } from "esbuild"
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { barrelImports } from "./BarrelImports.ts"
import { builtinModules } from "./BuiltinModules.ts"
import { bundledPackages } from "./BundledPackages.ts"
import { programScript } from "./ProgramScript.ts"

/**
 * What `main.ts` imports statically requires modules of Node, and packages that need not be there. A `require` as Node makes it
 * for every file takes longer than what it loads.
 */
const require = `const require = (name) => {
  const found = process.getBuiltinModule(name);
  if (found !== undefined) return found;
  throw Object.assign(new Error("Cannot find module " + name), { code: "MODULE_NOT_FOUND" });
};`

const manifestOf = (root: string): { readonly program: string; readonly version: string } => {
  const { bin, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    bin: Record<string, string>
    version: string
  }
  const program = Object.keys(bin)[0]
  if (program === undefined) throw new Error(`${root}/package.json names no program under "bin"`)
  return { program, version }
}

const newestIn = (folder: string): number =>
  Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )

/** Whether the bundle of the app in `root` is missing, or older than what it is made of. */
const isStale = (root: string): boolean => {
  const made = statSync(join(root, "dist", `${manifestOf(root).program}.mjs`), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const libraries = ["domain", "client"].map((lib) => join(root, "..", "..", "libs", lib, "src"))
  const sources = [join(root, "src"), ...libraries, import.meta.dirname]
  return made < Math.max(...sources.map(newestIn))
}

/** Bundles the app in `root` and returns the size of all it wrote, in bytes. */
export const bundle = async (root: string): Promise<number> => {
  const { program, version } = manifestOf(root)
  rmSync(join(root, "dist"), { recursive: true, force: true })
  const outdir = join(root, "dist")
  const options: BuildOptions = {
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    // Kept as literals, which are read when they are first used.
    supported: { "regexp-set-notation": true, "regexp-unicode-property-escapes": true },
    conditions: ["@mixpeek-alerts/source"],
    // Names stay as they are: to shorten them and keep what functions are called costs a call for every closure that is made.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "linked",
    define: {
      "process.env.NODE_ENV": '"production"',
      "process.env.DEV": '"false"',
      // As in the build that is part of Node: without its second, experimental parser.
      esbuildDetection: "true",
      "Intl.Segmenter": "PlainSegmenter",
      __VERSION__: JSON.stringify(version),
    },
    inject: [join(import.meta.dirname, "PlainSegmenter.ts")],
    plugins: [barrelImports, builtinModules, ...bundledPackages],
    logLevel: "warning",
  }
  await build({
    ...options,
    entryPoints: [{ in: join(root, "src", "main.ts"), out: program }],
    outdir,
    outExtension: { ".js": ".mjs" },
    banner: { js: require },
    plugins: [programScript(options, outdir, program), ...(options.plugins ?? [])],
  })
  return readdirSync(outdir).reduce((sum, name) => sum + statSync(join(outdir, name)).size, 0)
}

if (import.meta.main) {
  const [root, option] = process.argv.slice(2)
  if (root === undefined) throw new Error("usage: Bundle.ts apps/NAME [--if-stale]")
  if (option !== "--if-stale" || isStale(root)) {
    process.stdout.write(`${root}: building …\n`)
    process.stdout.write(`${root}: ${((await bundle(root)) / 1024).toFixed(0)} KiB\n`)
  }
}
