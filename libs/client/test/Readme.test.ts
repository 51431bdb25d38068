/** The examples of the README compile and run, and its tables are complete. */
import { spawn, spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { defaults, exitCodeOf, type MixpeekError, Reason } from "../src/index.ts"
import { sandboxFor } from "./SandboxProcess.ts"

const home = fileURLToPath(new URL("../", import.meta.url))
const folder = `${home}out-tsc/readme/`
const readme = readFileSync(`${home}README.md`, "utf8")
const examples = Array.from(readme.matchAll(/^```ts\n(.*?)^```$/gms), (match) => match[1] as string)

const sandbox = sandboxFor("--executions", "1000")

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  examples.forEach((text, index) => writeFileSync(`${folder}example-${index}.ts`, text))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (index: number): Promise<{ readonly code: number | null; readonly text: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ["--conditions=@mixpeek-alerts/source", `${folder}example-${index}.ts`], {
      env: {
        PATH: process.env["PATH"] ?? "",
        MIXPEEK_API_KEY: "sk_sandbox",
        MIXPEEK_NAMESPACE: "ns_sandbox",
        MIXPEEK_BASE_URL: sandbox.baseUrl,
      },
    })
    let text = ""
    child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()))
    child.on("close", (code) => resolve({ code, text }))
  })

describe("the README", () => {
  it("starts with an example", () => {
    expect(readme.split("```")[1]).toBe(`ts\n${examples[0]}`)
  })

  it("has only examples that compile", () => {
    const config = {
      extends: "../../../../tsconfig.base.json",
      compilerOptions: {
        composite: false,
        noEmit: true,
        allowImportingTsExtensions: true,
        rewriteRelativeImportExtensions: false,
        plugins: [],
      },
      include: ["*.ts"],
    }
    writeFileSync(`${folder}tsconfig.json`, JSON.stringify(config))
    const { stdout } = spawnSync(`${home}../../node_modules/.bin/tsc`, ["-p", folder], { encoding: "utf8" })
    expect(stdout).toBe("")
  })

  it.each(examples.map((_, index) => [index]))("has an example %i that runs against the sandbox", async (index) => {
    const { code, text } = await run(index)
    expect(text).not.toMatch(/Error/)
    expect(code).toBe(0)
    if (index < 2) expect(text).not.toBe("")
  })

  it("names every reason with its exit code", () => {
    for (const reason of Object.values(Reason)) {
      if (typeof reason !== "function" || !("fields" in reason)) continue
      const row = readme.split("\n").find((line) => line.startsWith(`| \`${reason.name}\` |`))
      expect(row, reason.name).toBeDefined()
      const code = exitCodeOf({ reason: { _tag: reason.name } } as MixpeekError)
      expect(row).toMatch(new RegExp(`\\| ${code} \\|$`))
    }
  })

  it("tells the default of every time limit", () => {
    for (const [name, millis] of Object.entries(defaults.timeouts)) {
      expect(readme).toContain(`| \`${name}\` | ${millis.toLocaleString("en-US")} |`)
    }
  })
})
