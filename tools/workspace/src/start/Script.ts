/** Runs a bundled program, with what was compiled of it before. */
import { readFileSync } from "node:fs"
import { Script } from "node:vm"
import { codeFile, codeFolder, keepCode, type KeptCode, takeCode } from "./KeptCode.ts"

export interface Program {
  /** The file of its text, which is ASCII: a function of what it may require, of where it puts its exports, and of `keepCode`. */
  readonly file: string
  /** Tells it from all other programs, and from itself built otherwise. */
  readonly build: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly args: ReadonlyArray<string>
}

type Body = (require: (name: string) => unknown, module: { exports: unknown }, keepCode: () => void) => void

/** A `require` as Node makes it for a file takes longer than what it loads. What is not of Node need not be there. */
const require = (name: string): unknown => {
  const found = process.getBuiltinModule(name)
  if (found !== undefined) return found
  throw Object.assign(new Error(`Cannot find module ${name}`), { code: "MODULE_NOT_FOUND" })
}

/** A command that was mistyped does not come to keeping anything. */
const commandOf = ([first = ""]: ReadonlyArray<string>): string => (/^[a-z]{1,20}$/.test(first) ? first : "-")

/** Runs it, and returns what it exports. */
export const runScript = <Exports>({ args, build, env, file }: Program): Exports => {
  const folder = codeFolder(env)
  const kept = folder === null ? null : codeFile(folder, build, commandOf(args))
  const taken: KeptCode | undefined = kept === null ? undefined : takeCode(kept)
  const script = new Script(readFileSync(file, "latin1"), {
    filename: file,
    ...(taken === undefined ? {} : { cachedData: taken.code }),
  })
  let due = folder !== null && (taken === undefined || taken.old || script.cachedDataRejected === true)
  const keep = (): void => {
    if (!due || folder === null || kept === null) return
    due = false
    keepCode(folder, kept, script.createCachedData())
  }
  const module = { exports: {} }
  const body = script.runInThisContext() as Body
  body(require, module, keep)
  return module.exports as Exports
}
