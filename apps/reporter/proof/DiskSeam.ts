/**
 * Loaded into the built program with `--import`: counts what it does to the disk, and at one of these moments kills it or
 * lets the disk fail. Also bends its clock. Told what to do by `DISK_SEAM`, a JSON text.
 */
import fs from "node:fs"
import files from "node:fs/promises"
import { syncBuiltinESMExports } from "node:module"
import { DatabaseSync } from "node:sqlite"

export interface SeamOrders {
  /** Which operation, from 1; 0 for none. */
  readonly at: number
  /** What happens there: a kill before it, a kill in the middle of it, or this error instead of it. */
  readonly how: "kill" | "torn" | "ENOSPC" | "EROFS" | "EIO"
  /** Where the log goes at the end. */
  readonly log?: string
  /** How many seconds pass in one, which makes checkpoints frequent. */
  readonly clockSpeed?: number
  /** By how many seconds the clock is set, and at which look at it. */
  readonly clockJump?: { readonly seconds: number; readonly atCall: number }
}

export interface SeamLog {
  /** All operations, by name and in order. */
  readonly operations: ReadonlyArray<string>
  /** How often the clock was looked at. */
  readonly looks: number
}

const orders = JSON.parse(process.env["DISK_SEAM"] ?? `{"at":0,"how":"kill"}`) as SeamOrders
const done: Array<string> = []

type Run = (...args: ReadonlyArray<unknown>) => unknown

const die = (): never => {
  process.kill(process.pid, "SIGKILL")
  for (;;);
}

const half = (value: unknown): unknown =>
  typeof value === "string"
    ? value.slice(0, value.length / 2)
    : (value as Uint8Array).subarray(0, (value as Uint8Array).length / 2)

/** Half of what was to be written, as after a power cut in the middle. */
const tear = async (name: string, run: Run, args: ReadonlyArray<unknown>): Promise<never> => {
  if (name === "write") await run(args[0], args[1], Math.floor(Number(args[2]) / 2), args[3])
  else if (name === "writeFile" || name === "appendFile") await run(half(args[0]))
  return die()
}

const isWrite = (name: string): boolean => name === "write" || name === "writeFile" || name === "appendFile"

const counted = (name: string, run: Run, isHandle: boolean): Run =>
  function (this: unknown, ...args) {
    const act: Run = (...given) => run.apply(this, given as Array<unknown>)
    if (name.startsWith("open") && (args[1] === undefined || args[1] === "r")) return act(...args)
    done.push(name)
    if (done.length !== orders.at) return act(...args)
    if (orders.how === "kill") return die()
    if (orders.how === "torn") return isHandle && isWrite(name) ? tear(name, act, args) : die()
    const error = Object.assign(new Error(`${orders.how}: ${name}`), { code: orders.how, syscall: name })
    if (name.endsWith("Sync")) throw error
    return Promise.reject(error)
  }

const patch = (owner: object, names: ReadonlyArray<string>, isHandle = false): void => {
  const table = owner as Record<string, Run>
  for (const name of names) table[name] = counted(name, table[name] as Run, isHandle)
}

const handle = await files.open(process.execPath, "r")
const prototype = Object.getPrototypeOf(handle) as object
await handle.close()
patch(prototype, ["write", "writeFile", "appendFile", "truncate", "datasync", "sync"], true)
patch(files, ["open", "rename", "rm", "mkdir", "symlink"])
patch(fs, ["openSync", "writeFileSync", "rmSync", "renameSync", "chmodSync", "mkdirSync"])
syncBuiltinESMExports()

/** What SQLite says instead, and by which number. */
const ofSqlite = {
  ENOSPC: { errcode: 13, message: "database or disk is full" },
  EROFS: { errcode: 8, message: "attempt to write a readonly database" },
  EIO: { errcode: 10, message: "disk I/O error" },
} as const

// A transaction reaches the disk with its end; before that, SQLite alone knows of it.
// oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
const { exec } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function (sql) {
  if (sql === "COMMIT") {
    done.push(sql)
    if (done.length === orders.at) {
      if (orders.how === "kill" || orders.how === "torn") return die()
      throw Object.assign(new Error(ofSqlite[orders.how].message), ofSqlite[orders.how])
    }
  }
  return exec.call(this, sql)
}

const { clockJump, clockSpeed, log } = orders
const now = Date.now
const start = now()
let looks = 0
const bent = (): number => {
  const jumped = clockJump !== undefined && looks >= clockJump.atCall ? clockJump.seconds * 1000 : 0
  looks++
  return Math.round(start + (now() - start) * (clockSpeed ?? 1) + jumped)
}
globalThis.Date = class extends Date {
  static override now = bent
  constructor(...given: ReadonlyArray<unknown>) {
    super(...((given.length === 0 ? [bent()] : given) as [number]))
  }
} as DateConstructor
if (log !== undefined)
  process.on("exit", () => fs.appendFileSync(log, JSON.stringify({ operations: done, looks } satisfies SeamLog)))
