/** The sandbox as a process of its own, as a user would start it. */
import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, beforeEach } from "vitest"

const root = fileURLToPath(new URL("../../../", import.meta.url))

export interface Stats {
  readonly requests: { readonly total: number; readonly byStatus: Readonly<Record<string, number>> }
  readonly sockets: { readonly open: number; readonly ever: number }
  readonly elsewhere: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
}

export class SandboxProcess {
  private child: ReturnType<typeof spawn> | undefined
  baseUrl = ""

  async start(flags: ReadonlyArray<string>): Promise<void> {
    const main = ["--conditions=@mixpeek-alerts/source", "tools/sandbox/src/main.ts", "--port", "0", ...flags]
    const child = spawn(process.execPath, main, { cwd: root, stdio: ["ignore", "pipe", "ignore"] })
    this.child = child
    for await (const line of createInterface({ input: child.stdout })) {
      const ready = /ready on (\S+)/.exec(line)
      if (ready === null) continue
      this.baseUrl = ready[1] as string
      return
    }
    throw new Error("The sandbox ended before it was ready")
  }

  stop(): void {
    this.child?.kill()
  }

  /** Switches these faults on, and every other off. */
  async faults(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const url = `${this.baseUrl}/__sandbox/faults`
    await (await fetch(url, { method: "DELETE" })).text()
    if (Object.keys(settings).length === 0) return
    const answer = await fetch(url, { method: "PUT", body: JSON.stringify(settings) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(text)
  }

  async stats(): Promise<Stats> {
    const answer = await fetch(`${this.baseUrl}/__sandbox/stats`)
    return (await answer.json()) as Stats
  }
}

/** A sandbox for the tests of one file, without faults at the beginning of each. */
export const sandboxFor = (...flags: ReadonlyArray<string>): SandboxProcess => {
  const sandbox = new SandboxProcess()
  beforeAll(() => sandbox.start(flags), 60_000)
  beforeEach(() => sandbox.faults({}))
  afterAll(() => sandbox.stop())
  return sandbox
}
