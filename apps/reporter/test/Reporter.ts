/** The built program, run as a process. */
import { type ChildProcess, spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { compileCache, type Server } from "./Server.ts"

export const program = join(import.meta.dirname, "..", "dist", "mixpeek-alerts-reporter.mjs")

/** A folder that goes away with its scope. */
export interface Scratch extends Disposable {
  readonly path: string
  readonly in: (...names: ReadonlyArray<string>) => string
}

export const scratch = (): Scratch => {
  const path = mkdtempSync(join(tmpdir(), "mixpeek-alerts-reporter-"))
  return {
    path,
    in: (...names) => join(path, ...names),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** A folder in it, which goes away with it. */
export const under = (folder: Scratch, name: string): Scratch => {
  const path = folder.in(name)
  mkdirSync(path)
  return { path, in: (...names) => join(path, ...names), [Symbol.dispose]: () => {} }
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** How long it ran. */
  readonly millis: number
}

export interface RunOptions {
  /** The server it asks; without one it has neither key nor base URL. */
  readonly server?: Pick<Server, "url"> | undefined
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly cwd?: string
  /** The program to run, if not the built one. */
  readonly program?: string
  /** Leaves standard output unread. */
  readonly unread?: boolean
}

/** The environment of a run: nothing of the person who runs the tests. */
export const environment = ({ env, server }: RunOptions): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  HOME: tmpdir(),
  LANG: "C.UTF-8",
  NODE_COMPILE_CACHE: compileCache,
  ...(server === undefined
    ? {}
    : { MIXPEEK_API_KEY: "sk_sandbox", MIXPEEK_NAMESPACE: "ns_sandbox", MIXPEEK_BASE_URL: server.url }),
  ...env,
})

export interface Running {
  readonly child: ChildProcess
  readonly stderr: () => string
  readonly ended: Promise<Ended>
}

/** Starts the program. */
export const start = (args: ReadonlyArray<string>, options: RunOptions = {}): Running => {
  const began = Date.now()
  const child = spawn(process.execPath, [options.program ?? program, ...args], {
    cwd: options.cwd,
    env: environment(options),
    stdio: "pipe",
  })
  let stdout = ""
  let stderr = ""
  child.stdin.on("error", () => {})
  child.stdin.end(options.stdin ?? "")
  child.stdout.setEncoding("utf8")
  if (options.unread !== true) child.stdout.on("data", (text: string) => (stdout += text))
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
  const ended = new Promise<Ended>((resolve) => {
    child.on("exit", () => {
      if (options.unread === true) child.stdout.destroy()
    })
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr, millis: Date.now() - began }))
  })
  return { child, stderr: () => stderr, ended }
}

/** Runs the program to its end. */
export const run = (args: ReadonlyArray<string>, options: RunOptions = {}): Promise<Ended> => start(args, options).ended

/** Runs `export`, as fast as the server lets it. */
export const runExport = (args: ReadonlyArray<string>, options: RunOptions = {}): Promise<Ended> =>
  run(["export", "--rate", "unlimited", ...args], options)

/** Waits until a condition holds, asking again and again. */
export const until = async (condition: () => boolean | Promise<boolean>, what: string, millis = 10_000) => {
  for (const end = Date.now() + millis; Date.now() < end;) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`waited in vain until ${what}`)
}
