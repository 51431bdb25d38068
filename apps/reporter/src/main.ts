/** Starts `mixpeek-alerts-reporter`. What it is made of is loaded after the cache of compiled code is open. */
import { enableCompileCache } from "node:module"

enableCompileCache()
await import("./Reporter.ts")
