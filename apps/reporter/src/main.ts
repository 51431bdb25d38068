/** Starts `mixpeek-alerts-reporter`, where Node is new enough for it. */
const needed = [22, 19] as const

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `OldNode: mixpeek-alerts-reporter needs Node ${needed.join(".")} or newer; this is ${process.version}.\n`,
  )
  process.exitCode = 78
} else {
  const { start } = await import("./Reporter.ts")
  await start(process.argv.slice(2))
}
