/** The built program, run the way a script runs it: with pipes. */
import { spawn } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export const entry = join(import.meta.dirname, "..", "dist", "mixpeek-alerts.mjs")

/** A program with bugs, bundled beside the tests. */
export const fixture = join(import.meta.dirname, "..", "out-tsc", "fixtures", "Throws.mjs")

/** An environment without anything of the person who runs the tests. */
export const cleanEnv = (more: Record<string, string> = {}): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  HOME: mkdtempSync(join(tmpdir(), "mixpeek-alerts-home-")),
  LANG: "C.UTF-8",
  // Each program has a home of its own, and all of them start as one that was started before.
  NODE_COMPILE_CACHE: join(tmpdir(), "mixpeek-alerts-compiled"),
  ...more,
})

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs it to its end. */
export const runProgram = (args: ReadonlyArray<string>, env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [entry, ...args], { env: cleanEnv(env), stdio: ["ignore", "pipe", "pipe"] })
    let stdout = ""
    let stderr = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
    child.on("close", (code) => resolve({ code, stdout, stderr }))
  })
