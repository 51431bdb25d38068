/** Which names a new project may have. */

const longest = 40

/** Names that say nothing of what is inside, or that folders of every project already have. */
const reserved: ReadonlySet<string> = new Set([
  "common",
  "core",
  "data",
  "dist",
  "helpers",
  "lib",
  "misc",
  "node-modules",
  "shared",
  "source",
  "src",
  "test",
  "utils",
])

/** A name that cannot be used; the message says why and what to do. */
export class BadProjectName extends Error {}

const problemOf = (name: string): string | undefined => {
  if (name.includes("/") || name.includes("\\") || name.includes("..")) {
    return "is a path, and a project lies directly in its folder. Give the last part of it only."
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    return "is not a good name. Use small letters, digits and single hyphens, and begin with a letter, as in triage-bot."
  }
  if (name.length > longest) return `is too long. Use at most ${longest} characters.`
  if (reserved.has(name)) return "is reserved, or says nothing of what is inside. Name the project for what it does."
  return undefined
}

/**
 * Lets a good name pass. `taken` are the names of the projects and programs
 * that exist. Throws {@link BadProjectName} for any other.
 */
export const checkProjectName = (name: string, taken: ReadonlySet<string>): void => {
  const problem = problemOf(name) ?? (taken.has(name) ? "is taken already. Choose another name." : undefined)
  if (problem !== undefined) throw new BadProjectName(`"${name}" ${problem}`)
}
