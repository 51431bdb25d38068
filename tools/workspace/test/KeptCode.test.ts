import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, assert, describe, it } from "vitest"
import { codeFile, codeFolder, keepCode, takeCode } from "../src/start/KeptCode.ts"
import { runScript } from "../src/start/Script.ts"

const root = mkdtempSync(join(tmpdir(), "mixpeek-alerts-code-"))
afterAll(() => rmSync(root, { recursive: true }))

const fresh = (): string => join(mkdtempSync(join(root, "home-")), "code")
const code = Buffer.from("code")
const modeOf = (path: string): number => statSync(path).mode & 0o777

describe("the folder of compiled code", () => {
  it("is in the user's cache, or where Node keeps its own, or nowhere", () => {
    assert.strictEqual(codeFolder({ HOME: "/home/me" }), "/home/me/.cache/mixpeek-alerts/code")
    assert.strictEqual(codeFolder({ USERPROFILE: "/users/me" }), "/users/me/.cache/mixpeek-alerts/code")
    assert.strictEqual(codeFolder({ HOME: "/home/me", XDG_CACHE_HOME: "/c" }), "/c/mixpeek-alerts/code")
    assert.strictEqual(codeFolder({ HOME: "/home/me", NODE_COMPILE_CACHE: "/n" }), "/n/mixpeek-alerts")
    assert.isNull(codeFolder({ HOME: "/home/me", NODE_COMPILE_CACHE: "/n", NODE_DISABLE_COMPILE_CACHE: "1" }))
    assert.isNull(codeFolder({}))
  })
})

describe("compiled code", () => {
  it("is kept where only its user can write, and taken again", () => {
    const folder = fresh()
    const file = codeFile(folder, "program-1", "list")
    keepCode(folder, file, code)
    assert.deepStrictEqual(takeCode(file), { code, old: false })
    assert.deepStrictEqual([modeOf(folder), modeOf(file)], [0o700, 0o600])
    assert.lengthOf(readdirSync(folder), 1)
  })

  it("is not taken when others can write it, when it is a link or a folder, and when it is not there", () => {
    const folder = fresh()
    const file = codeFile(folder, "program-1", "list")
    assert.isUndefined(takeCode(file))
    keepCode(folder, file, code)
    symlinkSync(file, `${file}.link`)
    assert.isUndefined(takeCode(`${file}.link`))
    assert.isUndefined(takeCode(folder))
    for (const mode of [0o620, 0o602]) {
      chmodSync(file, mode)
      assert.isUndefined(takeCode(file))
    }
  })

  it.skipIf(process.getuid === undefined)("is not taken when it is somebody else's", () => {
    const folder = fresh()
    const file = codeFile(folder, "program-1", "list")
    keepCode(folder, file, code)
    const getuid = process.getuid as () => number
    process.getuid = () => getuid() + 1
    try {
      assert.isUndefined(takeCode(file))
    } finally {
      process.getuid = getuid
    }
  })

  it("is old after an hour", () => {
    const folder = fresh()
    const file = codeFile(folder, "program-1", "list")
    keepCode(folder, file, code)
    const seconds = Date.now() / 1000
    utimesSync(file, seconds, seconds - 3500)
    assert.isFalse(takeCode(file)?.old)
    utimesSync(file, seconds, seconds - 3700)
    assert.isTrue(takeCode(file)?.old)
  })

  it("is kept of the 24 commands that were kept last", () => {
    const folder = fresh()
    for (let at = 0; at < 30; at++) {
      const file = codeFile(folder, "program-1", `command${at}`)
      keepCode(folder, file, code)
      utimesSync(file, at, at)
    }
    const left = readdirSync(folder)
    assert.lengthOf(left, 24)
    assert.isTrue(left.some((name) => name.includes("command29")))
    assert.isFalse(left.some((name) => name.includes("command4.")))
  })

  it("is not missed where it cannot be kept", () => {
    const file = join(root, "file")
    writeFileSync(file, "")
    keepCode(join(file, "code"), codeFile(join(file, "code"), "program-1", "list"), code)
    assert.isUndefined(takeCode(codeFile(join(file, "code"), "program-1", "list")))
  })
})

describe("a script", () => {
  const file = join(root, "script.cjs")
  writeFileSync(
    file,
    '(function(require,module,keepCode){"use strict";const add=(a,b)=>a+b;' +
      'module.exports={sum:add(1,2),cwd:require("node:process").cwd(),missing:()=>require("nothing"),keep:keepCode}\n})',
  )
  interface Exports {
    readonly sum: number
    readonly cwd: string
    readonly missing: () => unknown
    readonly keep: () => void
  }
  const run = (env: Readonly<Record<string, string>>, ...args: ReadonlyArray<string>) =>
    runScript<Exports>({ file, build: "script-1", env, args })
  const kept = (folder: string) => readdirSync(join(folder, "mixpeek-alerts"))

  it("gives what it exports, and may require what is Node's", () => {
    const { cwd, missing, sum } = run({})
    assert.deepStrictEqual([sum, cwd], [3, process.cwd()])
    assert.throws(missing, "Cannot find module nothing")
  })

  it("keeps what V8 compiled of it, once, by its command", () => {
    const folder = fresh()
    const env = { NODE_COMPILE_CACHE: folder }
    run(env, "list", "--limit", "1").keep()
    run(env, "exec_1").keep()
    run(env).keep()
    assert.lengthOf(kept(folder), 2)
    assert.deepStrictEqual(
      new Set(kept(folder).map((name) => /-([^-]*-?)\.code$/.exec(name)?.[1])),
      new Set(["-", "list"]),
    )
  })

  it("leaves alone what V8 takes, and replaces what is old", () => {
    const folder = fresh()
    const env = { NODE_COMPILE_CACHE: folder }
    run(env, "list").keep()
    const path = join(folder, "mixpeek-alerts", kept(folder)[0] as string)
    const first = statSync(path).ino
    run(env, "list").keep()
    assert.strictEqual(statSync(path).ino, first)
    utimesSync(path, 1, 1)
    const again = run(env, "list")
    again.keep()
    again.keep()
    const second = statSync(path).ino
    assert.notStrictEqual(second, first)
  })

  it("runs all the same when what was kept is not compiled code, which is replaced", () => {
    const folder = fresh()
    const env = { NODE_COMPILE_CACHE: folder }
    const path = codeFile(join(folder, "mixpeek-alerts"), "script-1", "list")
    keepCode(join(folder, "mixpeek-alerts"), path, Buffer.from("not compiled code"))
    // A text of its own: of one that this process has compiled before, V8 does not look at what was kept.
    const other = join(root, "other.cjs")
    writeFileSync(other, readFileSync(file, "utf8").replace("add(1,2)", "add(2,2)"))
    const { keep, sum } = runScript<Exports>({ file: other, build: "script-1", env, args: ["list"] })
    assert.strictEqual(sum, 4)
    keep()
    assert.notStrictEqual(readFileSync(path, "latin1").slice(0, 17), "not compiled code")
  })
})
