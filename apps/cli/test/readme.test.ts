import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { keyTable } from "./KeyTable.ts"
import { runProgram } from "./Program.ts"

const read = (path: string): string => readFileSync(join(import.meta.dirname, path), "utf8")
const readme = read("../README.md")

describe("the README", () => {
  it("has the key table of the program", () => {
    assert.include(readme, keyTable())
  })

  it("shows screens as the program draws them", () => {
    for (const frame of ["list", "execution-matches"])
      assert.include(readme, read(`frames/${frame}-80x24.txt`).trimEnd())
  })

  it("starts with an example that works", async () => {
    const example = /```sh\n(?:.*\n)*?mixpeek-alerts (get --demo [^#\n]*\w)/.exec(readme)?.[1]?.split(" ") ?? []
    const { code, stdout } = await runProgram(example)
    assert.strictEqual(code, 0)
    assert.include(stdout, "exec_f1b33e53")
  })
})
