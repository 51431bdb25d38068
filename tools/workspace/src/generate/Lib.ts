/** `npx nx g @mixpeek-alerts/workspace:lib NAME`: a library on the domain. */
import type { GeneratorCallback, Tree } from "@nx/devkit"
import { addProject, type ProjectOptions } from "./Project.ts"

/** Writes the library into `libs/NAME`. Throws `BadProjectName` for a name that cannot be used. */
export default (tree: Tree, options: ProjectOptions): GeneratorCallback => addProject(tree, "lib", options)
