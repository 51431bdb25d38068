/** The line that a person at a terminal sees while a run goes on. */
import { spawn } from "node:child_process"
import { describe, expect, it } from "vitest"
import { environment, program, scratch } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

/** Python's own: a terminal for the program, whose output is passed on. */
const onTerminal = ["-c", "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"]

interface Shown {
  readonly code: number | null
  /** What was on the line, one state after another. */
  readonly lines: ReadonlyArray<string>
}

const show = (args: ReadonlyArray<string>, server: Server): Promise<Shown> =>
  new Promise((resolve, reject) => {
    const child = spawn("python3", [...onTerminal, process.execPath, program, "export", ...args], {
      env: { ...environment({ server }), TERM: "xterm-256color", COLUMNS: "80" },
      stdio: ["ignore", "pipe", "inherit"],
    })
    let text = ""
    child.stdout.setEncoding("utf8").on("data", (more: string) => (text += more))
    child.once("error", reject)
    child.once("close", (code) =>
      resolve({
        code,
        lines: text
          .replaceAll("\u001b[2K", "")
          .split(/\r?\n|\r/)
          .map((line) => line.trim())
          .filter((line) => line !== ""),
      }),
    )
  })

describe.concurrent("the progress of a run on a terminal", () => {
  it("has a bar, the count, the rate, the time that is left, and the requests that are left", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 2000, latencyMs: 120, rpm: 6000 })
    const { code, lines } = await show(["--all", "--page-size", "100", "--out", folder.in("run")], server)
    expect(code).toBe(0)
    const shown = lines.filter((line) => /^\[#*\.*\] \d+%/.test(line))
    expect(shown.length).toBeGreaterThan(2)
    const whole = /^\[#+\.+\] \d+% {2}\d+ executions {2}\d+\/s {2}\d+:\d\d left {2}\d+\/6000 requests left$/
    expect(
      shown.some((line) => whole.test(line)),
      shown.join("\n"),
    ).toBe(true)
    expect(lines.at(-1)).toBe(folder.in("run"))
    expect(lines).toContain(
      "complete: the last page was reached and all 2000 that the server counted at the start were read",
    )
  })

  it("says how long a rate limit makes it wait", async () => {
    using folder = scratch()
    await using server = await startServer({
      executions: 300,
      faults: { "429": "1,next=1,after=1,hint=retry-after,seconds=2" },
    })
    const { code, lines } = await show(["--all", "--page-size", "100", "--out", folder.in("run")], server)
    expect(code).toBe(0)
    expect(
      lines.some((line) => /rate limit: [12] s$/.test(line)),
      lines.join("\n"),
    ).toBe(true)
  })

  it("is not shown when it is not wanted", async () => {
    using folder = scratch()
    await using server = await startServer({ executions: 300, latencyMs: 150 })
    const args = ["--all", "--page-size", "100", "--progress", "never", "--out", folder.in("run")]
    const { code, lines } = await show(args, server)
    expect(code).toBe(0)
    expect(lines.filter((line) => line.includes("/s"))).toEqual([])
  })
})
