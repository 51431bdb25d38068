/**
 * A gate of `npm run check`: the licence of every package in the lockfile is one that this project may use, and what is
 * bundled into the programs only asks to be named, which the `.LEGAL.txt` files beside the bundles do.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { workspaceRoot } from "./Step.ts"

interface Locked {
  readonly license?: string
  readonly link?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

type Lock = Readonly<Record<string, Locked>>

/** Where the package lies that `name` means in the package at `from`. */
const resolved = (packages: Lock, from: string, name: string): string | undefined => {
  for (let at = from; ; at = at.replace(/\/?(node_modules\/)?[^/]*$/, "")) {
    const path = at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (packages[path] !== undefined) return path
    if (at === "") return undefined
  }
}

/** What the programs and the libraries are built with, and what that needs: it goes into the bundles. */
export const shipped = (packages: Lock): ReadonlySet<string> => {
  const found = new Set<string>()
  const follow = (from: string, names: ReadonlyArray<string>): void => {
    for (const name of names) {
      const path = resolved(packages, from, name)
      if (path === undefined || found.has(path)) continue
      found.add(path)
      follow(path, Object.keys({ ...packages[path]?.dependencies, ...packages[path]?.optionalDependencies }))
    }
  }
  for (const [path, one] of Object.entries(packages)) {
    if (/^(apps|libs)\//.test(path)) follow(path, Object.keys({ ...one.dependencies, ...one.devDependencies }))
  }
  return found
}

const permissive = [
  "MIT",
  "ISC",
  "0BSD",
  "CC0-1.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "Python-2.0",
]

/** For tools only: they ask for more, and nothing of them is shipped. */
const forTools = [...permissive, "MPL-2.0", "CC-BY-4.0", "CC0-1.0"]

/** Whether an SPDX expression leaves a licence to choose that is allowed. */
export const isAllowed = (expression: string | undefined, allowed: ReadonlyArray<string>): boolean =>
  expression
    ?.replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((one) => allowed.includes(one.trim()))) ?? false

/** What may not be used, with its licence. */
export const refused = (packages: Lock): ReadonlyArray<string> => {
  const bundled = shipped(packages)
  return Object.entries(packages)
    .filter(([path, { link }]) => path.startsWith("node_modules/") && link !== true)
    .filter(([path, { license }]) => !isAllowed(license, bundled.has(path) ? permissive : forTools))
    .map(([path, { license }]) => `${path.replace(/^.*node_modules\//, "")}: ${license ?? "no licence"}`)
}

if (import.meta.main) {
  const { packages } = JSON.parse(readFileSync(join(workspaceRoot, "package-lock.json"), "utf8")) as { packages: Lock }
  const found = refused(packages)
  for (const one of found) process.stdout.write(`${one}\n`)
  process.stdout.write(`Read the licences of ${Object.keys(packages).length} packages.\n`)
  process.exitCode = found.length === 0 ? 0 : 1
}
