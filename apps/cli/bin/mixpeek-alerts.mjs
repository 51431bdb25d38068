#!/usr/bin/env node
// Starts the bundled program; in the workspace it exists after `npm run build`.
const program = new URL("../dist/mixpeek-alerts.mjs", import.meta.url)
try {
  await import(program.href)
} catch (error) {
  if (error?.code !== "ERR_MODULE_NOT_FOUND" || error.url !== program.href) throw error
  process.stderr.write("mixpeek-alerts is not built yet.\nRun `npm run build` in the workspace first.\n")
  process.exitCode = 78
}
