/** Bundles the program before the tests if it is not up to date, with the workspace's own bundler, and the fixtures as it would. */
import { build } from "esbuild"
import { execFileSync } from "node:child_process"
import { join } from "node:path"

const app = join(import.meta.dirname, "..")
const workspace = join(app, "..", "..")

const requireInEsm =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);'

export default async function setup(): Promise<void> {
  execFileSync(process.execPath, ["tools/workspace/src/Bundle.ts", "apps/cli", "--if-stale"], {
    cwd: workspace,
    stdio: "inherit",
  })
  await build({
    entryPoints: [join(app, "test", "fixtures", "Throws.ts")],
    outdir: join(app, "out-tsc", "fixtures"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node24",
    conditions: ["@mixpeek-alerts/source"],
    define: { "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"' },
    banner: { js: requireInEsm },
    alias: { "react-devtools-core": join(app, "test", "fixtures", "NoDevtools.ts") },
    logLevel: "error",
  })
}
