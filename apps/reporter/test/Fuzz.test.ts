/** Whatever a journal, a manifest, a list of IDs or a command line holds: a typed failure at most. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { eachSeed, mutated, scrambled } from "@mixpeek-alerts/domain/Fuzz"
import { Console, Effect, Exit, Cause, Option, Result } from "effect"
import { CliOutput, Command } from "effect/cli"
import { writeFileSync } from "node:fs"
import { zstdCompressSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { exportFlags, type ExportFlags } from "../src/Flags.ts"
import { parseFlatten } from "../src/Flatten.ts"
import { fromText } from "../src/IdList.ts"
import { encodeLine, journalVersion, noOffsets, parse } from "../src/Journal.ts"
import { readManifest } from "../src/Manifest.ts"
import { commands } from "../src/Program.ts"
import { parseRate, readOptions } from "../src/ReadOptions.ts"
import { Seen } from "../src/Seen.ts"
import { empty } from "../src/Tally.ts"
import { presenter } from "../src/UsageText.ts"
import { frameTexts } from "../src/ZstdFrames.ts"
import { scratch } from "./Reporter.ts"

const head = { version: journalVersion, query: "{}", startedAt: "2026-03-01T00:00:00.000Z", plan: "walk" } as const
const point = (units: number) => ({
  next: { _tag: "Page", list: 0, cursor: `c${units}` } as const,
  offsets: { ...noOffsets, executions: units * 100 },
  tally: { ...empty, units },
  walks: [],
})
const lines = [encodeLine(head), ...[1, 2, 3].map((units) => encodeLine(point(units)))]

/** Neither a defect nor an interruption: a value, or a failure that is told to people. */
const isTyped = (exit: Exit.Exit<unknown, unknown>): boolean =>
  Exit.isSuccess(exit) || exit.cause.reasons.every(Cause.isFailReason)

/** Words of a command line: known ones as they are or nearly, and anything else; none that asks for help. */
const argumentsFrom = (words: ReadonlyArray<string>, seed: number): ReadonlyArray<string> =>
  Array.from({ length: seed % 7 }, (_, at) => {
    const known = words[(seed * 7 + at * 13) % words.length] as string
    const kind = (seed >> 2) + at
    return (kind % 4 === 0 ? scrambled(seed + at, 3) : kind % 4 === 1 ? mutated(known, seed + at) : known).slice(0, 60)
  }).filter((word) => !/^-(-help|-version|-completions|-wizard|-log-level|[^-]*[hv])/.test(word))

describe("fuzz", () => {
  it("journals: what counts was written as it stands, up to the first line that was not", (test) => {
    eachSeed(test, (seed) => {
      const text = mutated(lines.join(""), seed)
      const journal = parse(text)
      if (Result.isFailure(journal)) return expect(journal.failure.kind).toBe("Damaged")
      const found = Option.getOrUndefined(journal.success)
      if (found === undefined) return
      const kept = Buffer.from(text).subarray(0, found.length).toString("utf8").split("\n").slice(0, -1)
      expect(lines.map((line) => line.trimEnd())).toEqual(expect.arrayContaining(kept))
      expect(found.last).toEqual(kept.length === 1 ? null : JSON.parse((kept.at(-1) as string).slice(17)))
    })
  })

  it("manifests", async (test) => {
    using folder = scratch()
    const manifest = JSON.stringify({
      resources: [{ name: "executions", path: "executions.csv", bytes: 1, hash: "sha256:00", rows: 1 }],
      mixpeek: { query: "{}", complete: true, reasons: [], counts: empty, compression: "none", excel: false },
    })
    const exits: Array<Promise<Exit.Exit<unknown, unknown>>> = []
    eachSeed(test, (seed) => {
      writeFileSync(folder.in("datapackage.json"), mutated(manifest, seed))
      exits.push(Effect.runPromiseExit(readManifest(folder.path)))
    })
    for (const exit of await Promise.all(exits)) expect(isTyped(exit)).toBe(true)
  })

  it("lists of IDs, paths to flatten and rates", (test) => {
    eachSeed(test, (seed) => {
      const ids = fromText(mutated('exec_1\nexec_2 # two\n{"execution_id":"exec_3"}\n', seed), "ids.txt")
      if (Result.isFailure(ids)) expect([ids.failure.kind, ids.failure.hint === ""]).toEqual(["BadIdFile", false])
      const paths = parseFlatten(mutated("metadata.camera.id,matched_features.label", seed))
      if (Result.isFailure(paths)) expect(paths.failure.kind).toBe("Usage")
      const rate = parseRate(Option.some(mutated("60/min", seed)))
      if (Result.isSuccess(rate) && typeof rate.success === "object") expect(rate.success.perMinute).toBeGreaterThan(0)
    })
  })

  it("command lines", async (test) => {
    const words = [
      "--all",
      "--ids",
      "--alert",
      "--since",
      "--where",
      "--out",
      "-o",
      "--page-size",
      "--rate",
      "--max-duration",
      "--max-failures",
      "--flatten",
      "--excel",
      "--compress",
      "gzip",
      "exec_1",
      "--",
      "7d",
      "1000",
    ]
    let asked = 0
    const command = Command.make("export", exportFlags, (flags) =>
      Effect.map(Effect.exit(readOptions(flags as ExportFlags, "scope")), (exit) => {
        asked++
        expect(isTyped(exit)).toBe(true)
      }),
    )
    const runs: Array<Promise<Exit.Exit<unknown, unknown>>> = []
    eachSeed(
      test,
      (seed) => {
        const args = Array.from({ length: 1 + (seed % 7) }, (_, at) =>
          (seed + at) % 3 === 0
            ? scrambled(seed + at, 3)
            : mutated(words[(seed * 7 + at * 3) % words.length] as string, at === 0 ? 0 : seed + at),
        )
          .map((word) => word.slice(0, 60))
          .filter((word) => !/^-(-help|-version|-completions|-wizard|-log-level|[^-]*[hv])/.test(word))
        runs.push(
          Effect.runPromiseExit(
            Command.runWith(command, { version: "0" })(args).pipe(
              Effect.provide([NodeServices.layer, CliOutput.layerPresenter({ present: () => Effect.void })]),
            ) as Effect.Effect<unknown, unknown>,
          ),
        )
      },
      0.2,
    )
    for (const exit of await Promise.all(runs)) expect(isTyped(exit)).toBe(true)
    expect(asked).toBeGreaterThan(0)
  })

  it("arguments of any command: it is run, or the parser says why not", async (test) => {
    const words =
      "export plan verify retry merge report state show forget --all --ids --out -o --shard 1/2 --limiter --quiet --"
    const known = [
      ...words.split(" "),
      "--log-format=json",
      "--rate=",
      "--flatten",
      "--ping-url",
      "a/b",
      "7d",
      "-",
      "-x",
      "",
    ]
    let ran = 0
    const command = commands(() => Effect.sync(() => void ran++))
    const outcome = async (seed: number) => {
      const said: Array<string> = []
      const console = Object.assign(Object.create(globalThis.console) as Console.Console, {
        log: () => {},
        error: (line: string) => said.push(line),
      })
      const args = argumentsFrom(known, seed)
      const exit = await Effect.runPromiseExit(
        Command.runWith(command, { version: "0" })(args).pipe(
          Effect.provide([NodeServices.layer, CliOutput.layerPresenter(presenter)]),
          Effect.provideService(Console.Console, console),
        ),
      )
      if (Exit.isSuccess(exit)) return expect(said).toEqual([])
      const error = Exit.findErrorOption(exit)
      expect([error._tag, isTyped(exit)], JSON.stringify(args)).toEqual(["Some", true])
      const shown = Option.getOrThrow(error)
      expect(shown._tag, JSON.stringify(args)).toBe("ShowHelp")
      if (shown._tag !== "ShowHelp" || shown.errors.length === 0) return
      expect(said.length, JSON.stringify(args)).toBeGreaterThan(1)
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      for (const line of said) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e\ud800]/)
    }
    const outcomes: Array<Promise<void>> = []
    eachSeed(test, (seed) => void outcomes.push(outcome(seed)), 0.4)
    await Promise.all(outcomes)
    expect(ran).toBeGreaterThan(0)
  })

  it("what was seen, and frames of zstd, that are damaged", async (test) => {
    const frame = Buffer.concat([zstdCompressSync("a,b\r\n"), zstdCompressSync("c,d\r\n".repeat(100))])
    const results: Array<Promise<unknown>> = []
    eachSeed(test, (seed) => {
      const bytes = Buffer.from(frame)
      for (let flips = 0; flips <= seed % 4; flips++) {
        const at = (seed * 31 + flips * 17) % bytes.length
        bytes[at] = (bytes[at] as number) ^ (1 << ((seed + flips) % 8))
      }
      const cut = bytes.subarray(0, seed % 5 === 0 ? seed % bytes.length : bytes.length)
      new Seen().restore(cut)
      const read = async () => {
        for await (const _ of frameTexts(
          (async function* () {
            yield cut
          })(),
        ))
          void _
      }
      results.push(read().catch((error: unknown) => expect(error).toBeInstanceOf(Error)))
    })
    await Promise.all(results)
  })
})
