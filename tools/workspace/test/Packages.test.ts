/** What would be published, by npm's own word, and nothing else. `npm run proof:pack` installs and runs it. */
import { execFile } from "node:child_process"
import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { assert, describe, it } from "vitest"
import { pinned, workspaceRoot } from "../src/Step.ts"

const inPackage = (root: string, path: string): string => join(workspaceRoot, root, path)

const read = (root: string, path: string): string => readFileSync(inPackage(root, path), "utf8")

interface Package {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly description: string
  readonly private?: boolean
  readonly bin?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly dependencies?: Readonly<Record<string, string>>
}

interface Packed {
  readonly files: ReadonlyArray<{ readonly path: string }>
}

const packedFiles = async (root: string): Promise<Array<string>> => {
  const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json"], {
    cwd: join(workspaceRoot, root),
    env: pinned,
  })
  // npm 12 answers with an object by name, npm 10 and 11 with a list.
  return Object.values(JSON.parse(stdout) as Record<string, Packed>).flatMap(({ files }) =>
    files.map(({ path }) => path),
  )
}

const always = ["LICENSE", "README.md", "package.json"]

describe.each([
  { root: "libs/domain", parts: /^(dist|src)\/[\w/-]+\.(ts|js|d\.ts|js\.map|d\.ts\.map)$/ },
  { root: "libs/client", parts: /^(dist|src)\/[\w/-]+\.(ts|js|d\.ts|js\.map|d\.ts\.map)$/ },
  { root: "apps/cli", parts: /^(bin\/[\w-]+|dist\/[\w.-]+)\.[cm]js(\.LEGAL\.txt)?$/ },
  { root: "apps/reporter", parts: /^(bin\/[\w-]+|dist\/[\w.-]+)\.[cm]js(\.LEGAL\.txt)?$/ },
])("the package in $root", ({ parts, root }) => {
  const manifest = JSON.parse(read(root, "package.json")) as Package

  it("has its licence, its README and what runs, and nothing else", async () => {
    const files = await packedFiles(root)
    assert.includeMembers(files, always)
    assert.deepStrictEqual(
      files.filter((path) => !always.includes(path) && !parts.test(path)),
      [],
    )
    assert.includeMembers(
      files,
      Object.values(manifest.bin ?? {}).map((path) => path.replace("./", "")),
    )
  })

  it("carries the licence of the workspace", () => {
    assert.strictEqual(manifest.license, "MIT")
    assert.strictEqual(read(root, "LICENSE"), read(".", "LICENSE"))
  })

  it("can be published", () => {
    assert.isUndefined(manifest.private)
    assert.isAbove(manifest.description.length, 20)
    assert.match(manifest.version, /^\d+\.\d+\.\d+$/)
  })

  it("names programs that can be executed", () => {
    for (const path of Object.values(manifest.bin ?? {})) {
      assert.match(read(root, path), /^#!\/usr\/bin\/env node\n/)
      assert.notStrictEqual(statSync(inPackage(root, path)).mode & 0o111, 0, path)
    }
  })

  it("exports only modules that have a source, and gives each its types", () => {
    for (const [path, target] of Object.entries(manifest.exports ?? {})) {
      if (typeof target === "string") continue
      const source = target["@mixpeek-alerts/source"] ?? ""
      assert.isTrue(statSync(inPackage(root, source)).isFile(), path)
      const built = source.replace("/src/", "/dist/").replace(/\.ts$/, "")
      assert.deepInclude(target, { types: `${built}.d.ts`, default: `${built}.js` })
    }
  })
})

describe("the four packages", () => {
  it("have one version, and the client asks for the domain of its own", () => {
    const all = ["libs/domain", "libs/client", "apps/cli", "apps/reporter"].map(
      (root) => JSON.parse(read(root, "package.json")) as Package,
    )
    assert.strictEqual(new Set(all.map(({ version }) => version)).size, 1)
    assert.strictEqual(all[1]?.dependencies?.["@mixpeek-alerts/domain"], all[0]?.version)
  })
})
