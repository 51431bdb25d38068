/** What is measured is the built program. */
import { execFileSync } from "node:child_process"
import { join } from "node:path"

const root = join(import.meta.dirname, "..", "..", "..")

export default (): void => {
  execFileSync("node", ["tools/workspace/src/Bundle.ts", "apps/reporter", "--if-stale"], { cwd: root })
}
