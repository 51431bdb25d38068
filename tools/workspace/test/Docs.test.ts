/**
 * The commands of the documents. Each is run here against the sandbox, or is on
 * the list of those that something else runs: then that place must have it.
 */
import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { type SandboxProcess, startSandbox } from "../src/SandboxProcess.ts"
import { pinned, workspaceRoot } from "../src/Step.ts"
import { type DocCommand, docCommands } from "./DocCommands.ts"

const read = (path: string): string => readFileSync(join(workspaceRoot, path), "utf8")

const { scripts } = JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> }

/** What takes long, or changes the workspace: the place that runs it, and the words by which that can be seen. */
const elsewhere: ReadonlyArray<readonly [RegExp, string, string]> = [
  [/^npm (ci|install)\b/, ".ci/run", "npm ci"],
  [/^npm test\b/, ".ci/run", "npm test"],
  [/^npm run (check|build|demo)$/, ".ci/run", "npm run"],
  [/^npm run demo:tui$/, "apps/cli/test/terminal-surroundings.test.ts", "--demo"],
  [/^npm run format$/, "tools/workspace/src/Check.ts", '"oxfmt", "--check"'],
  [/^npm run sync$/, "tools/workspace/src/Check.ts", '"sync:check"'],
  [/^npm run graph$/, "tools/workspace/test/Graph.test.ts", "graphPage(graph)"],
  [/^npm run hooks$/, "tools/workspace/test/Hooks.test.ts", "core.hooksPath"],
  [/^git commit --no-verify$/, "tools/workspace/test/Hooks.test.ts", '"--no-verify"'],
  [/^npm run bench( -- (--quick|--only [a-z-]+( --rounds \d+)?))?$/, "tools/bench/test/Rivals.test.ts", "await pages("],
  [/^npm run docs$/, ".github/workflows/check.yml", "npm run docs"],
  [/^npm run release(:dry| -- minor)?$/, ".github/workflows/check.yml", "npm run release:dry"],
  [/^npm run proof:(workspace|pack)$/, ".github/workflows/check.yml", "npm run proof:workspace"],
  [/^npm run proof:(soak|live)( -- --minutes \d+( --seed \d+)?)?$/, "apps/cli/test/soak.test.ts", "soak("],
  [/^printf .* \| mixpeek-alerts --linear --demo$/, "apps/cli/test/readme.test.ts", "has the linear transcript"],
  [/^mixpeek-alerts --linear$/, "apps/cli/test/linear.test.ts", '"--linear"'],
  [/^npm run proof:crash$/, "apps/reporter/test/Crash.test.ts", "crashProof("],
  [/^npm run proof:faults$/, "apps/reporter/test/Attack.test.ts", "faultProof("],
  [/^npm run proof:fuzz$/, "tools/workspace/proof/FuzzProof.ts", "Fuzz.test.ts"],
  [/^npm run proof(:soak)?$/, "tools/workspace/proof/AllProofs.ts", '"proof:soak"'],
  [/^npm run errors$/, "tools/workspace/test/Errors.test.ts", "errorPage(errors)"],
  [/^npm (run sbom|audit)$/, "tools/workspace/test/SupplyChain.test.ts", "npm audit"],
  [/^npm test -- tools\/workspace\/test\/SupplyChain/, ".ci/run", "npm test"],
  [/^npm run proof:cron$/, "apps/reporter/proof/CronProof.ts", '"/usr/sbin/cron"'],
  [/^bash \.ci\/run$/, ".github/workflows/check.yml", "bash .ci/run"],
  [/^npx nx (g|start) @mixpeek-alerts\//, "tools/workspace/test/Generator.test.ts", "@mixpeek-alerts/workspace:app"],
  [/^npx nx run-many -t build test lint -p/, "tools/workspace/test/Generator.test.ts", '"build", "test", "lint", "-p"'],
  [/^npx nx affected\b/, "tools/workspace/proof/GeneratedProof.ts", '"--affected"'],
  [/^npx nx graph$/, "tools/workspace/src/Graph.ts", '"graph"'],
  [/^node tools\/workspace\/src\/Bundle\.ts apps\//, "tools/workspace/src/Plugin.ts", "Bundle.ts"],
  [/^mixpeek-alerts list --demo\b/, "apps/cli/test/readme.test.ts", "has commands that run as they are written"],
  [/^mixpeek-alerts watch --(until|since-id)\b/, "apps/cli/test/command-watch.test.ts", '"--since-id"'],
  [/^mixpeek-alerts latest .*--fail-on\b/, "apps/cli/test/command-codes.test.ts", '"--fail-on"'],
  [/^vitest run( -u)?$/, "tools/workspace/src/TestRun.ts", '"vitest"'],
  // How a size was measured.
  [/^esbuild --bundle\b/, "tools/workspace/src/Bundle.ts", "esbuild"],
]

const settings = /^export( (MIXPEEK_(API_KEY|API_KEY_FILE|NAMESPACE|BASE_URL)=\S+))+$/

/** A form to be filled in, not a command. */
const form = /\[|\.\.\.|<|…|\b(N|ID|DIR|NAME|FILE)\b/

interface Ended {
  readonly code: number | null
  readonly output: string
}

describe("the documents", () => {
  let sandbox: SandboxProcess
  let known = ""
  const folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-docs-"))

  /** Runs a command line in an empty folder, or in `cwd`; ends it when it says that it is ready. */
  const run = (line: string, cwd = mkdtempSync(join(folder, "run-"))): Promise<Ended> =>
    new Promise((resolve, reject) => {
      writeFileSync(join(folder, "ids.txt"), `${known}\n`)
      const env = {
        ...sandbox.env,
        PATH: `${join(workspaceRoot, "node_modules", ".bin")}${delimiter}${pinned["PATH"]}`,
      }
      const child = spawn("bash", ["-c", `exec ${line}`], { cwd, env, stdio: ["ignore", "pipe", "pipe"] })
      let output = ""
      const hear = (text: string): void => {
        output += text
        if (/sandbox ready/.test(text)) child.kill("SIGTERM")
      }
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", hear)
      child.once("error", reject).once("close", (code) => resolve({ code, output }))
    })

  beforeAll(async () => {
    sandbox = await startSandbox(300)
    const listed = await run("mixpeek-alerts-reporter export --all --quiet -o -")
    known = /exec_[0-9a-f]+/.exec(listed.output)?.[0] ?? ""
    assert.notStrictEqual(known, "", listed.output)
  })

  afterAll(async () => {
    await sandbox[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  /** The example's own server, ID and file are the sandbox's. */
  const filledIn = (command: string): string =>
    command
      .replace(/^(?:[A-Z_]+=\S+ |\/usr\/bin\/time -v )*(?:npx )?/, "")
      .replaceAll("exec_8f3c21", known)
      .replaceAll("http://127.0.0.1:8080", sandbox.baseUrl)
      .replaceAll("ids.txt", join(folder, "ids.txt"))

  const runProgram = async (command: string): Promise<void> => {
    const line = filledIn(command)
    const ended = await run(line)
    // Without a subcommand it is the screen, which the terminal tests of apps/cli drive; here is none to draw on.
    if (/^mixpeek-alerts( exec_\w+| --demo)*$/.test(line)) {
      assert.deepStrictEqual([ended.code, /terminal/.test(ended.output)], [64, true], ended.output)
    } else {
      assert.strictEqual(ended.code, 0, ended.output)
    }
  }

  const runSandbox = async (command: string): Promise<void> => {
    const flags = command.replace(/^npm run sandbox --/, "").replace("--port 8080", "--port 0")
    const ended = await run(
      `node --conditions=@mixpeek-alerts/source tools/sandbox/src/main.ts ${flags}`,
      workspaceRoot,
    )
    assert.deepStrictEqual([ended.code, /sandbox ready on http/.test(ended.output)], [0, true], ended.output)
  }

  const runSoak = async (command: string, file: string): Promise<void> => {
    const ended = await run(command.replace(/\d+$/, "200"), join(workspaceRoot, dirname(file)))
    assert.strictEqual(ended.code, 0, ended.output)
  }

  const runRequest = async (command: string): Promise<void> => {
    const ended = await run(filledIn(command))
    assert.include(ended.output, '"results":[{')
  }

  const formOf = async (command: string): Promise<void> => {
    const [program = "", second = ""] = command.replace("npx ", "").split(" ")
    const named = /^[a-z]+$/.test(second) ? ` ${second}` : ""
    const ended = await run(`${program}${named} --help`)
    assert.deepStrictEqual([ended.code, ended.output.includes(program)], [0, true], ended.output)
  }

  const isRunElsewhere = (command: string): boolean => {
    const place = elsewhere.find(([pattern]) => pattern.test(command))
    if (place === undefined) return false
    assert.include(read(place[1]), place[2])
    const script = /^npm run (\S+)/.exec(command)?.[1]
    if (script !== undefined) assert.property(scripts, script)
    return true
  }

  it("have commands", () => assert.isAbove(docCommands().length, 40))

  it.concurrent.each(docCommands())("$file: $command", async ({ command, file }: DocCommand) => {
    if (settings.test(command) || command === "npm run" || isRunElsewhere(command)) return
    if (/^npm run sandbox -- .*\bN\b/.test(command)) return assert.property(scripts, "sandbox")
    if (command.startsWith("npm run sandbox")) return runSandbox(command)
    if (/^node .*soak\/Soak\.ts \d+$/.test(command)) return runSoak(command, file)
    if (command.startsWith("curl ")) return runRequest(command)
    const isProgram = /^(?:[A-Z_]+=\S+ |\/usr\/bin\/time -v )*(?:npx )?mixpeek-alerts/.test(command)
    if (isProgram) return form.test(command) ? formOf(command) : runProgram(command)
    assert.fail("No test knows how to run this command: add it to Docs.test.ts, or to the list of what runs elsewhere.")
  })

  it("name only places that exist", () => {
    for (const [, place] of elsewhere) assert.isTrue(existsSync(join(workspaceRoot, place)), place)
  })
})
