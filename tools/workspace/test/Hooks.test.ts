/** The git hook: stops what is not formatted or not clean, quickly, and can be passed by. */
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { copyWorkspace, type Ended } from "../src/WorkspaceCopy.ts"

describe("the hook before a commit", () => {
  const copy = copyWorkspace()
  const git = (...args: ReadonlyArray<string>): Promise<Ended> =>
    copy.run("git", "-c", "user.name=a", "-c", "user.email=a@example.com", ...args)

  const stage = async (path: string, text: string): Promise<void> => {
    mkdirSync(join(copy.root, "libs/domain/src"), { recursive: true })
    writeFileSync(join(copy.root, path), text)
    const { code, output } = await git("add", "--force", path)
    assert.strictEqual(code, 0, output)
  }

  beforeAll(async () => {
    await git("init", "-q")
    // What `npm run hooks` does.
    await git("config", "core.hooksPath", ".githooks")
    // The graph, without which the boundary rule is skipped; in a workspace in use it is there.
    await copy.run("nx", "show", "projects")
  })

  afterAll(() => copy[Symbol.dispose]())

  it("stops what is not formatted", async () => {
    await stage("libs/domain/src/One.ts", "export const  one = 1;\n")
    const ended = await git("commit", "-m", "One")
    assert.strictEqual(ended.code, 1)
    assert.include(ended.output, "run npm run format")
  })

  it("stops an arrow that points the wrong way, and says why", async () => {
    await stage("libs/domain/src/One.ts", 'export * from "@mixpeek-alerts/client"\n')
    const ended = await git("commit", "-m", "One")
    assert.strictEqual(ended.code, 1)
    assert.include(ended.output, "The arrow is apps → client → domain")
  })

  it("can be passed by", async () => {
    const ended = await git("commit", "--no-verify", "-m", "One")
    assert.strictEqual(ended.code, 0, ended.output)
  })

  it("lets through what is clean", async () => {
    await stage("libs/domain/src/One.ts", "/** One. */\nexport const one = 1\n")
    const ended = await git("commit", "-m", "One")
    assert.strictEqual(ended.code, 0, ended.output)
  })
})
