/** Starts `mixpeek-alerts`. Everything is loaded on demand, so that nothing waits for what it does not use. */
const needed = [22, 19] as const

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(`OldNode: mixpeek-alerts needs Node ${needed.join(".")} or newer; this is ${process.version}.\n`)
  process.exitCode = 78
} else {
  const { start } = await import("./Program.ts")
  await start(process.argv.slice(2))
}
