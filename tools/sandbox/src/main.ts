/** The sandbox as a program: one line when it is ready, gone on SIGTERM or SIGINT. */
import { BadFault } from "./FaultSetting.ts"
import { BadUsage, readFlags, usage } from "./Flags.ts"
import { type Sandbox, startSandbox } from "./Sandbox.ts"
import type { SandboxOptions } from "./SandboxOptions.ts"

const usageError = 64
const unavailable = 69
const bug = 70

const give = (code: number, message: string): never => {
  process.stderr.write(`${message}\n`)
  process.exit(code)
}

const explain = (problem: unknown): never => {
  if (problem instanceof BadUsage || problem instanceof BadFault) {
    return give(usageError, `${problem.message}\nTry: npm run sandbox -- --help`)
  }
  return give(bug, problem instanceof Error ? (problem.stack ?? problem.message) : String(problem))
}

const explainListen = (options: SandboxOptions, problem: unknown): never => {
  const { code } = problem as NodeJS.ErrnoException
  const place = `port ${options.port} of ${options.host}`
  if (code === "EADDRINUSE") return give(unavailable, `Something else uses ${place}: try --port 0.`)
  if (code === undefined) return explain(problem)
  return give(unavailable, `The sandbox cannot listen on ${place} (${code}).`)
}

const stopOn = (sandbox: Sandbox): void => {
  const stop = (): void => void sandbox.close().then(() => process.exit(0))
  process.once("SIGTERM", stop)
  process.once("SIGINT", stop)
}

const announce = (options: SandboxOptions, sandbox: Sandbox): void => {
  process.stderr.write(
    `key ${options.apiKey}, namespace ${options.namespace}, ${options.executions} executions from seed ${options.seed}\n`,
  )
  process.stdout.write(`Mixpeek sandbox ready on ${sandbox.baseUrl}\n`)
}

const run = async (options: SandboxOptions): Promise<void> => {
  const sandbox = await startSandbox(options).catch((problem: unknown) => explainListen(options, problem))
  stopOn(sandbox)
  announce(options, sandbox)
}

const options = ((): SandboxOptions | undefined => {
  try {
    return readFlags(process.argv.slice(2))
  } catch (problem) {
    return explain(problem)
  }
})()

if (options === undefined) process.stdout.write(usage)
else await run(options)
