/** The completion scripts, in the shells that they are for. */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { cleanEnv, runProgram } from "./Program.ts"

const folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-completions-"))
const scripts = { bash: join(folder, "bash"), zsh: join(folder, "_mixpeek-alerts"), fish: join(folder, "fish") }

beforeAll(async () => {
  await Promise.all(
    Object.entries(scripts).map(async ([shell, file]) => {
      const { code, stdout } = await runProgram(["completions", shell])
      assert.strictEqual(code, 0)
      writeFileSync(file, stdout)
    }),
  )
}, 60_000)

const shell = (program: string, ...args: ReadonlyArray<string>): string =>
  execFileSync(program, args, { encoding: "utf8", env: cleanEnv({ TERM: "xterm-256color" }) })

/** What bash offers after these words. */
const inBash = (...words: ReadonlyArray<string>): ReadonlyArray<string> =>
  shell(
    "bash",
    "--norc",
    "-c",
    `source ${scripts.bash}
     COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}
     COMP_LINE="\${COMP_WORDS[*]}"; COMP_POINT=\${#COMP_LINE}
     $(complete -p mixpeek-alerts | sed 's/.*-F \\([^ ]*\\).*/\\1/') mixpeek-alerts '${words.at(-1)}' '${words.at(-2)}'
     printf '%s\\n' "\${COMPREPLY[@]}"`,
  )
    .trim()
    .split(/\s+/)

/** What zsh lists in a terminal of its own when someone presses Tab; it lists in the order of the alphabet. */
const inZsh = (line: string, last: string): string =>
  shell(
    "zsh",
    "-f",
    "-c",
    `zmodload zsh/zpty
     zpty z zsh -f -i
     zpty -w z "PROMPT=; fpath=(${folder} \\$fpath); autoload -Uz compinit; compinit -D -u; echo re''ady"
     zpty -r z found '*ready*'
     zpty -w -n z $'${line}\\t'
     zpty -r -m z found '*${last}*'
     print -r -- "$found"
     zpty -d z`,
  )

const inFish = (line: string): ReadonlyArray<string> =>
  shell("fish", "--no-config", "-c", `source ${scripts.fish}; complete -C '${line}'`)
    .trim()
    .split("\n")
    .map((offer) => offer.split("\t")[0] ?? "")

describe("completions", () => {
  it("in bash offer commands, flags and the values of flags", () => {
    assert.includeMembers([...inBash("mixpeek-alerts", "l")], ["list", "latest"])
    assert.includeMembers([...inBash("mixpeek-alerts", "list", "--tr")], ["--triggered"])
    assert.includeMembers([...inBash("mixpeek-alerts", "list", "--output", "")], ["ndjson", "csv"])
    assert.includeMembers([...inBash("mixpeek-alerts", "completions", "")], ["bash", "zsh", "fish"])
  })

  it("in zsh offer commands", () => {
    const offered = inZsh("mixpeek-alerts ", "watch")
    for (const command of ["alerts", "doctor", "list"]) assert.include(offered, command)
  })

  it("in fish offer commands, flags and the values of flags", () => {
    assert.includeMembers([...inFish("mixpeek-alerts l")], ["list", "latest"])
    assert.includeMembers([...inFish("mixpeek-alerts list --tr")], ["--triggered"])
    assert.includeMembers([...inFish("mixpeek-alerts list --output ")], ["ndjson", "csv"])
  })
})
