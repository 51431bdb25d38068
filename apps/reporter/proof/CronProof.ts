/**
 * `npm run proof:cron`: has Debian's cron, in the foreground, start the exporter by the line of `schedule/crontab`, with
 * its time made "every minute" and its paths made those of a sandbox. Needs root, since cron does.
 */
import { spawn } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { scratch, until } from "../test/Reporter.ts"
import { startServer } from "../test/Server.ts"

const cron = "/usr/sbin/cron"
const table = "/etc/cron.d/mixpeek-alerts-proof"
const app = join(import.meta.dirname, "..")
const executions = 50

if (process.getuid?.() !== 0 || !existsSync(cron)) {
  process.stderr.write(`This proof needs root and ${cron}.\n`)
  process.exit(69)
}

/** The crontab as it is, but for its time, its user, and where things are. */
const adapted = (home: string, url: string): string =>
  readFileSync(join(app, "schedule", "crontab"), "utf8")
    .replace(/^17 \* \* \* \* /m, "* * * * * root ")
    .replace(/^PATH=/m, `PATH=${join(home, "bin")}:${dirname(process.execPath)}:`)
    .replace(/^MIXPEEK_PING_URL=.*$/m, `MIXPEEK_BASE_URL=${url}`)
    .replace("=ns_production", "=ns_sandbox")
    .replaceAll("/etc/mixpeek-alerts", home)
    .replaceAll("/var/lib/mixpeek-alerts", home)

using folder = scratch()
await using server = await startServer({ executions })
mkdirSync(folder.in("bin"))
symlinkSync(join(app, "bin", "mixpeek-alerts-reporter.mjs"), folder.in("bin", "mixpeek-alerts-reporter"))
writeFileSync(folder.in("api-key"), "sk_sandbox\n", { mode: 0o600 })
writeFileSync(table, adapted(folder.path, server.url), { mode: 0o644 })
const daemon = spawn(cron, ["-f"], { stdio: "inherit" })
try {
  const runs = folder.in("exports")
  await until(() => existsSync(join(runs, "latest", "datapackage.json")), "cron had exported", 90_000).catch(
    (error) => {
      const log = folder.in("export.log")
      throw new Error(existsSync(log) ? readFileSync(log, "utf8") : "cron started nothing", { cause: error })
    },
  )
  const rows =
    readFileSync(join(runs, "latest", "executions.csv"), "utf8")
      .trimEnd()
      .split("\r\n").length - 1
  if (rows !== executions) throw new Error(`${rows} executions, not ${executions}`)
  const name = readdirSync(runs).find((one) => /^\d/.test(one))
  process.stdout.write(`cron exported ${rows} executions into ${name}\n`)
} finally {
  daemon.kill("SIGTERM")
  rmSync(table, { force: true })
}
