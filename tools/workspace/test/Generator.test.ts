/** The generators: a new app builds, passes its test and the linter, and runs against the sandbox, at once. */
import { createTree } from "@nx/devkit/testing"
import { readFileSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import makeLib from "../src/generate/Lib.ts"
import { BadProjectName, checkProjectName } from "../src/generate/ProjectName.ts"
import { startSandbox } from "../src/SandboxProcess.ts"
import { copyWorkspace } from "../src/WorkspaceCopy.ts"

describe("a generated app", () => {
  const copy = copyWorkspace()
  const project = "@mixpeek-alerts/newcomer"

  beforeAll(async () => {
    const made = await copy.run("nx", "g", "@mixpeek-alerts/workspace:app", "newcomer", "--skipInstall")
    assert.strictEqual(made.code, 0, made.output)
    // What `npm install` would do.
    symlinkSync("../../apps/newcomer", join(copy.root, "node_modules", project))
  })

  afterAll(() => copy[Symbol.dispose]())

  it("is known to the type checker, and its arrows are expected and drawn", () => {
    const read = (path: string): string => readFileSync(join(copy.root, path), "utf8")
    assert.include(read("tsconfig.json"), '"./apps/newcomer"')
    assert.include(read("tools/workspace/arrows.json"), '"apps/newcomer": ["libs/client", "libs/domain"]')
    assert.include(read("docs/graph.md"), "apps_newcomer --> libs_client")
  })

  it("builds, and passes its test on executions in memory and the linter", async () => {
    const ran = await copy.run("nx", "run-many", "-t", "build", "test", "lint", "-p", project, "--outputStyle=static")
    assert.strictEqual(ran.code, 0, ran.output)
    assert.match(ran.output, /Tests .*1 passed/)
    assert.include(readFileSync(join(copy.root, "apps/newcomer/dist/newcomer.mjs"), "utf8"), "triggered")
  })

  it("starts against the sandbox, from its sources and built", async () => {
    await using sandbox = await startSandbox(300)
    const asking = { MIXPEEK_API_KEY: "sk_sandbox", MIXPEEK_NAMESPACE: "ns_sandbox", MIXPEEK_BASE_URL: sandbox.baseUrl }
    const settings = Object.entries(asking).map(([name, value]) => `${name}=${value}`)
    const [started, built] = await Promise.all([
      copy.run("env", ...settings, "nx", "start", project, "--outputStyle=static"),
      copy.run("env", ...settings, "node", "apps/newcomer/bin/newcomer.mjs"),
    ])
    assert.strictEqual(built.code, 0, built.output)
    assert.match(built.output, /^alt_\w+\t\d+ ran\t\d+ triggered$/m)
    assert.include(started.output, built.output.trim())
  })

  it("says what is missing and ends with that code, when it has no key", async () => {
    const ended = await copy.run("env", "-u", "MIXPEEK_API_KEY", "node", "apps/newcomer/bin/newcomer.mjs")
    assert.strictEqual(ended.code, 77, ended.output)
    assert.match(ended.output, /^error: .*key.*\n {2}\S/)
  })
})

describe("a generated library", () => {
  const inMemory = () => {
    const tree = createTree()
    tree.write("apps/reporter/package.json", '{"version":"0.1.0","devDependencies":{"effect":"4.1.0"}}')
    tree.write("tsconfig.json", '{"references":[]}')
    tree.write("tools/workspace/arrows.json", '{"tools/sandbox":["libs/domain"]}')
    return tree
  }

  it("has a public API, a test and a README, and is known to the type checker", () => {
    const tree = inMemory()
    makeLib(tree, { name: "rates", skipInstall: true })
    assert.sameMembers(tree.children("libs/rates"), [
      "README.md",
      "package.json",
      "src",
      "test",
      "tsconfig.json",
      "tsconfig.lib.json",
      "tsconfig.spec.json",
      "vitest.config.ts",
    ])
    assert.include(tree.read("libs/rates/src/index.ts", "utf8"), "@mixpeek-alerts/rates")
    assert.include(tree.read("tsconfig.json", "utf8"), "./libs/rates")
    assert.match(tree.read("tools/workspace/arrows.json", "utf8") ?? "", /"libs\/rates"[^]*"tools\/sandbox"/)
  })

  it("is not made twice, nor under the name of an app, and a refusal writes nothing", () => {
    const tree = inMemory()
    makeLib(tree, { name: "rates", skipInstall: true })
    const before = tree.listChanges().length
    for (const name of ["rates", "reporter", "../rates"]) {
      assert.throws(() => makeLib(tree, { name, skipInstall: true }), BadProjectName)
    }
    assert.strictEqual(tree.listChanges().length, before)
  })
})

describe("a name for a project", () => {
  it.each([
    ["Triage", "small letters"],
    ["triage bot", "small letters"],
    ["1st", "begin with a letter"],
    ["-x", "begin with a letter"],
    ["a--b", "single hyphens"],
    ["", "small letters"],
    ["ünïcode", "small letters"],
    ["../evil", "is a path"],
    ["/etc", "is a path"],
    ["a\\b", "is a path"],
    ["..", "is a path"],
    ["utils", "says nothing of what is inside"],
    ["test", "is reserved"],
    ["x".repeat(41), "is too long"],
    ["cli", "is taken already"],
  ])("%j is refused with a sentence", (name, because) => {
    assert.throws(() => checkProjectName(name, new Set(["cli"])), because)
  })

  it("of small letters, digits and hyphens is good", () => {
    for (const name of ["bot", "triage-bot", "s3-export", "x".repeat(40)]) checkProjectName(name, new Set(["cli"]))
  })
})
