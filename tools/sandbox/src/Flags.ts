/** What the command line says. */
import { parseArgs } from "node:util"
import { type FaultName } from "./Fault.ts"
import { type FaultValue, readName, readSetting } from "./FaultSetting.ts"
import { isLoopback } from "./Loopback.ts"
import { defaults, mostExecutions, type SandboxOptions } from "./SandboxOptions.ts"

/** A command line that makes no sense; the message is one sentence. */
export class BadUsage extends Error {}

export const usage = `Usage: npm run sandbox -- [flags]

  --port N                the port; 0 picks a free one (8080)
  --host HOST             the address to listen on (127.0.0.1)
  --allow-non-loopback    allow an address that other machines can reach
  --executions N          how many executions there are (10000)
  --seed N                what they are made from (1)
  --api-key KEY           the key that clients must send (sk_sandbox)
  --namespace NAME        the namespace that clients must name (ns_sandbox)
  --latency-ms N          how long every answer waits (0)
  --rpm N                 requests a minute and key (no limit)
  --window N              how many seconds --rpm counts over (60)
  --concurrency N         requests at once (no limit)
  --fault NAME=VALUE      switch a fault on; may be repeated: stall-body=0.05, 429=next:3,hint=body
  --help                  this text
`

const flags = {
  port: { type: "string" },
  host: { type: "string" },
  "allow-non-loopback": { type: "boolean" },
  executions: { type: "string" },
  seed: { type: "string" },
  "api-key": { type: "string" },
  namespace: { type: "string" },
  "latency-ms": { type: "string" },
  rpm: { type: "string" },
  window: { type: "string" },
  concurrency: { type: "string" },
  fault: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const

const parsed = (args: ReadonlyArray<string>) => {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false }).values
  } catch (cause) {
    const [sentence = ""] = (cause as Error).message.split(/\. |\n/)
    throw new BadUsage(`${sentence.replace(/\.$/, "")}.`)
  }
}

const whole = <A>(
  flag: string,
  text: string | undefined,
  range: readonly [number, number],
  standard: A,
): number | A => {
  if (text === undefined) return standard
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= range[0] && value <= range[1]) return value
  throw new BadUsage(`--${flag} needs a whole number from ${range[0]} to ${range[1]}, not ${JSON.stringify(text)}.`)
}

const filled = (flag: string, text: string | undefined, standard: string): string => {
  const value = text ?? standard
  if (/^[\x21-\x7e]+$/.test(value)) return value
  throw new BadUsage(`--${flag} needs text without spaces.`)
}

const readFaults = (texts: ReadonlyArray<string>): Partial<Record<FaultName, FaultValue>> => {
  const faults: Partial<Record<FaultName, FaultValue>> = {}
  for (const text of texts) {
    const equals = text.indexOf("=")
    if (equals < 1) throw new BadUsage(`--fault needs NAME=VALUE, not ${JSON.stringify(text)}.`)
    const name = readName(text.slice(0, equals))
    const value = text.slice(equals + 1)
    readSetting(name, value)
    faults[name] = value
  }
  return faults
}

/** Reads the flags; undefined when they ask for help. Throws {@link BadUsage} or `BadFault`. */
export const readFlags = (args: ReadonlyArray<string>): SandboxOptions | undefined => {
  const values = parsed(args)
  if (values.help === true) return undefined
  const host = values.host ?? defaults.host
  const allowNonLoopback = values["allow-non-loopback"] ?? false
  if (!allowNonLoopback && !isLoopback(host)) {
    throw new BadUsage(`${JSON.stringify(host)} is not loopback: add --allow-non-loopback if other machines may ask.`)
  }
  return {
    ...defaults,
    host,
    allowNonLoopback,
    port: whole("port", values.port, [0, 65_535], defaults.port),
    executions: whole("executions", values.executions, [0, mostExecutions], defaults.executions),
    seed: whole("seed", values.seed, [0, 0xffffffff], defaults.seed),
    apiKey: filled("api-key", values["api-key"], defaults.apiKey),
    namespace: filled("namespace", values.namespace, defaults.namespace),
    latencyMs: whole("latency-ms", values["latency-ms"], [0, 3_600_000], defaults.latencyMs),
    rpm: whole("rpm", values.rpm, [1, 1_000_000_000], undefined),
    windowSeconds: whole("window", values.window, [1, 86_400], defaults.windowSeconds),
    concurrency: whole("concurrency", values.concurrency, [1, 1_000_000], undefined),
    faults: readFaults(values.fault ?? []),
  }
}
