/** A copy of the built program, which a build beside the proof cannot change under it. */
import { cpSync } from "node:fs"
import { basename, dirname } from "node:path"
import { program, type Scratch } from "../test/Reporter.ts"

/** Copies the program with all its parts into a folder; gives the file to run. */
export const copyProgram = (folder: Scratch): string => {
  const copy = folder.in("dist", basename(program))
  cpSync(dirname(program), dirname(copy), { recursive: true })
  return copy
}
