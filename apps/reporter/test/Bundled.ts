/** Bundles the program before the tests, if it is not up to date. */
import { execFileSync } from "node:child_process"
import { join } from "node:path"

const workspace = join(import.meta.dirname, "..", "..", "..")

export default function setup(): void {
  execFileSync(process.execPath, ["tools/workspace/src/Bundle.ts", "apps/reporter", "--if-stale"], {
    cwd: workspace,
    stdio: "inherit",
  })
}
