/** What comes in from others, and what goes out to them. The threats are in docs/security.md. */
import { execFileSync } from "node:child_process"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { isAllowed, refused, shipped } from "../src/Licences.ts"
import { pinned, workspaceRoot } from "../src/Step.ts"

const read = (path: string): string => readFileSync(join(workspaceRoot, path), "utf8")

interface Locked {
  readonly hasInstallScript?: boolean
  readonly integrity?: string
  readonly link?: boolean
  readonly resolved?: string
}

const { packages } = JSON.parse(read("package-lock.json")) as { packages: Readonly<Record<string, Locked>> }
const foreign = Object.entries(packages).filter(([path, { link }]) => path.startsWith("node_modules/") && link !== true)
const workflow = read(".github/workflows/check.yml")

describe("packages of others", () => {
  it("run no script when they are installed: each that has one is denied by name", () => {
    const { allowScripts } = JSON.parse(read("package.json")) as { allowScripts: Readonly<Record<string, boolean>> }
    const scripted = foreign
      .filter(([, one]) => one.hasInstallScript === true)
      .map(([path]) => path.replace("node_modules/", ""))
    assert.deepStrictEqual(scripted.toSorted(), Object.keys(allowScripts).toSorted())
    assert.notInclude(Object.values(allowScripts), true)
    assert.include(read(".npmrc"), "strict-allow-scripts=true")
  })

  it("are installed only when their bytes are the ones that were locked", () => {
    assert.deepStrictEqual(
      foreign.filter(([, { integrity }]) => integrity?.startsWith("sha512-") !== true).map(([path]) => path),
      [],
    )
  })

  it("come from whatever registry the machine has, never from an address in the lockfile", () => {
    assert.deepStrictEqual(
      foreign.filter(([, { resolved }]) => resolved !== undefined),
      [],
    )
  })

  it("have licences that this project may use", () => {
    assert.deepStrictEqual(refused(packages), [])
    const app = { devDependencies: { c: "1" } }
    const lock = (license: string) => ({
      "apps/x": app,
      "node_modules/b": {},
      "node_modules/c": { license: "MIT", dependencies: { d: "1" } },
      "node_modules/c/node_modules/d": { license },
      "node_modules/d": { license: "MPL-2.0" },
    })
    assert.deepStrictEqual(refused(lock("GPL-3.0")), ["b: no licence", "d: GPL-3.0"])
    assert.deepStrictEqual(refused(lock("MPL-2.0")), ["b: no licence", "d: MPL-2.0"])
    assert.isTrue(shipped(packages).has("node_modules/effect") && !shipped(packages).has("node_modules/vitest"))
    assert.isTrue(isAllowed("(GPL-2.0 OR MIT)", ["MIT"]))
    assert.isFalse(isAllowed("GPL-2.0 AND MIT", ["MIT"]))
  })

  it("are looked through for known holes and wrong signatures on every change", () => {
    for (const command of ["npm audit --audit-level=high", "npm audit signatures"])
      assert.include(workflow, `- run: ${command}\n`)
  })
})

describe("what is released", () => {
  it("comes with a list of all that is in it", () => {
    assert.include(workflow, "- run: npm run -s sbom > sbom.cdx.json\n")
    const sbom = JSON.parse(
      execFileSync("npm", ["run", "-s", "sbom"], { cwd: workspaceRoot, env: pinned, encoding: "utf8" }),
    ) as {
      components: ReadonlyArray<{ name: string; version: string }>
    }
    const names = sbom.components.map(({ name, version }) => `${name}@${version}`)
    for (const one of ["effect@4.1.0", "ink@8.0.0"]) assert.include(names, one)
  })

  it("says where and from what it was built, and CI holds no right to write", () => {
    for (const path of globSync("{apps,libs}/*/package.json", { cwd: workspaceRoot })) {
      const { publishConfig } = JSON.parse(read(path)) as { publishConfig?: { provenance?: boolean } }
      assert.isTrue(publishConfig?.provenance, path)
    }
    assert.include(workflow, "permissions:\n  contents: read\n")
    assert.notMatch(workflow, /: write|persist-credentials: true/)
    assert.strictEqual(workflow.split("actions/checkout@").length, workflow.split("persist-credentials: false").length)
  })
})
