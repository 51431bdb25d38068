/** Programs of the reader's own that a text is shown in: the editor and the pager. */
import { Effect } from "effect"
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openPager, pagerOf } from "../output/Pager.ts"
import { visible } from "../output/Visible.ts"

type Env = Readonly<Record<string, string | undefined>>

/** What went wrong, in a sentence; `null` when nothing did. */
export type Outcome = string | null

/** The editor that the environment names. */
export const editorOf = (env: Env): string => env["VISUAL"]?.trim() || env["EDITOR"]?.trim() || "vi"

const exitOf = (command: string, file: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = spawn("sh", ["-c", `${command} "$1"`, "sh", file], { stdio: "inherit" })
    child.once("error", () => resolve("No shell could be started to run the editor."))
    child.once("exit", (code) =>
      resolve(code === 0 ? null : `The editor (${command}) ended with ${code ?? "a signal"}. EDITOR names another.`),
    )
  })

/** Opens a copy of the text, which only the reader can read, and which is gone afterwards. */
export const edit = async (name: string, text: string, env: Env): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-"))
  const file = join(folder, `${name.replaceAll(/[^\w.-]/g, "_").slice(0, 100)}.json`)
  try {
    writeFileSync(file, text, { mode: 0o600 })
    return await exitOf(editorOf(env), file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Shows the text in the pager, to its last line: it stays even if the text is short. */
export const page = async (text: string, env: Env): Promise<Outcome> => {
  const command = pagerOf(env)
  if (command === null) return "There is no pager. PAGER names one, such as less."
  const pager = openPager(command, { LESS: "R", ...env })
  await Effect.runPromise(Effect.andThen(pager.write(`${visible(text)}\n`), pager.end))
  return null
}
