/** `npx nx g @mixpeek-alerts/workspace:app NAME`: a program on the domain and the client. */
import type { GeneratorCallback, Tree } from "@nx/devkit"
import { addProject, type ProjectOptions } from "./Project.ts"

/** Writes the program into `apps/NAME`. Throws `BadProjectName` for a name that cannot be used. */
export default (tree: Tree, options: ProjectOptions): GeneratorCallback => addProject(tree, "app", options)
