/** What the README says about faults. */
import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { faultNames } from "../src/index.ts"
import { parametersOf } from "../src/Fault.ts"

const rows = readFileSync(new URL("../README.md", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))

it.each(faultNames)("describes the fault %s and its parameters", (name) => {
  const row = rows.find((line) => line.startsWith(`| \`${name}\` |`))
  expect(row).toBeDefined()
  for (const parameter of Object.keys(parametersOf(name))) expect(row).toContain(`\`${parameter}`)
})
