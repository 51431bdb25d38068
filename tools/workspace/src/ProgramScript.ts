/**
 * Makes one script of all that a program imports dynamically from its `main.ts`. V8 hands out what it has compiled of a script
 * after it ran, and takes it again at the next start; of modules Node lets us keep only what was compiled before
 * (`start/KeptCode.ts`).
 */
import { build, type BuildOptions, type Plugin, transform } from "esbuild"
import { createHash } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"

const rawText = /String\.raw`[^`]*[^\0-\x7f]/

/**
 * The text in ASCII, which is read soonest, and of which V8 keeps a byte a character. What esbuild does not write so by itself
 * are patterns and the texts of tags, and there an escape means the same; only not to `String.raw`.
 */
export const inAscii = (text: string): string => {
  const [raw] = rawText.exec(text) ?? []
  if (raw !== undefined) throw new Error(`A script is ASCII, and this would change: ${raw}`)
  return text.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
}

/** Its parameters are those of `Body` in `start/Script.ts`. */
const wrapped = (text: string): string => `(function(require,module,keepCode){"use strict";${text}\n})`

interface Script {
  readonly text: string
  readonly exports: ReadonlyArray<string>
}

/** Modules first, since only they may wait for others while they load, as the parts of Ink do; then a script. */
const scriptOf = async (entry: string, options: BuildOptions, file: string): Promise<Script> => {
  const { metafile, outputFiles } = await build({
    ...options,
    entryPoints: [entry],
    outfile: file,
    metafile: true,
    write: false,
  })
  const [modules, licences] = [".cjs", ".txt"].map((end) => outputFiles.find(({ path }) => path.endsWith(end))?.text)
  if (licences !== undefined) writeFileSync(`${file}.LEGAL.txt`, licences)
  const { code } = await transform(modules ?? "", {
    format: "cjs",
    platform: "node",
    target: options.target ?? "esnext",
    supported: options.supported ?? {},
    minifySyntax: true,
    minifyWhitespace: true,
  })
  return { text: wrapped(inAscii(code)), exports: Object.values(metafile.outputs).flatMap((output) => output.exports) }
}

/** Bundles what `main.ts` imports dynamically, with these options, into `outdir/PROGRAM.cjs`, and what starts that in its place. */
export const programScript = (options: BuildOptions, outdir: string, program: string): Plugin => ({
  name: "program-script",
  setup(builder) {
    builder.onResolve({ filter: /^\.\// }, ({ importer, kind, path, resolveDir }) =>
      kind === "dynamic-import" && basename(importer) === "main.ts"
        ? { path, namespace: "script", pluginData: join(resolveDir, path) }
        : undefined,
    )
    builder.onLoad({ filter: /.*/, namespace: "script" }, async ({ pluginData }) => {
      mkdirSync(outdir, { recursive: true })
      const file = join(outdir, `${program}.cjs`)
      const script = await scriptOf(pluginData as string, options, file)
      writeFileSync(file, script.text)
      const build = `${program}-${createHash("sha256").update(script.text).digest("hex").slice(0, 12)}`
      return {
        resolveDir: import.meta.dirname,
        contents: `
          import { runScript } from "./start/Script.ts"
          const program = runScript({
            file: import.meta.dirname + "/" + ${JSON.stringify(basename(file))},
            build: ${JSON.stringify(build)},
            env: process.env,
            args: process.argv.slice(2),
          })
          export const { ${script.exports.join(", ")} } = program`,
      }
    })
  },
})
