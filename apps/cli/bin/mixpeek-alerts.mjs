#!/usr/bin/env node
// Starts the bundled program; in the workspace it exists after `npm run build`.
import { existsSync } from "node:fs"

const program = new URL("../dist/mixpeek-alerts.mjs", import.meta.url)
if (existsSync(program)) {
  await import(program.href)
} else {
  process.stderr.write("mixpeek-alerts is not built yet.\nRun `npm run build` in the workspace first.\n")
  process.exitCode = 78
}
