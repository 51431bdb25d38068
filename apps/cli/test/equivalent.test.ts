import { assert, describe, it } from "@effect/vitest"
import { Stats } from "@mixpeek-alerts/domain"
import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { equivalent } from "../src/tui/Equivalent.ts"
import { shownItems } from "../src/tui/List.ts"
import type { Model } from "../src/tui/Model.ts"
import { trendsOf } from "../src/tui/Trends.ts"
import { after, at, letters, listed, newest, pageOf, pressing } from "./Fixture.ts"
import { cleanEnv, entry } from "./Program.ts"

const demo = (model: Model): Model => ({ ...model, source: { ...model.source, demo: true } })
const commandOf = (model: Model): string => {
  const same = equivalent(demo(model))
  return "command" in same ? same.command : same.reason
}

/** What the command on the screen of `model` prints, through a shell. */
const printed = async (model: Model, more: string): Promise<string> => {
  const script = `mixpeek-alerts() { "${process.execPath}" "${entry}" "$@"; }\n${commandOf(model)} ${more}`
  // One of the demo's records does not fit: what leaves it out says so with its exit code.
  const run = promisify(execFile)("bash", ["-c", script], { env: cleanEnv(), maxBuffer: 1 << 26 })
  return run.then(
    ({ stdout }) => stdout,
    (failure: { code: number; stdout: string; stderr: string }) => {
      assert.strictEqual(failure.code, 65, failure.stderr)
      return failure.stdout
    },
  )
}

/** The rows of the list, each by the text that it was sent as. */
const shownIn = ({ list }: Model): ReadonlyArray<string> => shownItems(list).map(({ record }) => record.json)

const lists: Readonly<Record<string, Model>> = {
  "what is loaded": listed(),
  "what triggered, sorted": pressing(listed(), "x", "s", "d"),
  "the other way around": pressing(
    listed(),
    "/",
    ...letters("score:>0.2 !'quoted' took:>100ms"),
    "enter",
    "s",
    "s",
    "s",
    "s",
  ),
  "everything, of a filter that looks like a flag": pressing(
    after(listed(), { _tag: "PageLoaded", page: { ...pageOf(412), next: null }, more: true, at }),
    "/",
    ...letters("-x !nsfw"),
    "enter",
  ),
  "one alert": after(pressing(listed(), ":", ...letters("alert alt_nsfw"), "enter"), {
    _tag: "PageLoaded",
    page: {
      ...pageOf(100),
      records: pageOf(412).records.filter(({ json }) => json.includes('"alt_nsfw"')),
      next: null,
    },
    more: false,
    at,
  }),
  "a bucket": pressing(listed(), "t", "left", "left", "enter"),
}

describe("the equivalent command", () => {
  it("prints the rows that are on the screen, in their order", async () => {
    await Promise.all(
      Object.entries(lists).map(async ([name, model]) => {
        const lines = (await printed(model, "-o raw")).trimEnd().split("\n")
        assert.deepStrictEqual(
          lines.filter((line) => line !== ""),
          shownIn(model),
          `${name}: ${commandOf(model)}`,
        )
      }),
    )
  })

  it("prints the statistics that are on the screen", async () => {
    for (const model of [pressing(listed(), "x", "t"), pressing(listed(), "t", "tab")]) {
      const counted = JSON.parse(await printed(model, "--json")) as Record<string, unknown>
      assert(model.board?._tag === "Trends")
      const { stats } = trendsOf(model, model.board)
      assert.deepInclude(counted, { executions: stats.executions, triggered: stats.triggered }, commandOf(model))
      assert.strictEqual((counted["duration_ms"] as { p95: number }).p95, Stats.percentile(stats, 0.95) ?? -1)
    }
  })

  it("prints the documents that are compared, and the tabs of an execution", async () => {
    const compared = pressing(listed(), "space", "j", "j", "c")
    assert(compared.board?._tag === "Compare")
    const rows = (await printed(compared, "-o ids")).trimEnd().split("\n")
    assert.deepStrictEqual(
      rows,
      compared.board.changes.map((change) => change.documentId),
    )
    const opened = pressing(listed(), "enter")
    assert.strictEqual(commandOf(opened), `mixpeek-alerts matches ${newest} --demo`)
    assert.strictEqual(
      commandOf(pressing(opened, "3")),
      `mixpeek-alerts get ${newest} --pick 'source_documents[]' --demo`,
    )
    assert.strictEqual(commandOf(pressing(opened, "4")), "mixpeek-alerts list --alert alt_face_jp --limit 21 --demo")
    assert.strictEqual(commandOf(pressing(opened, "5")), `mixpeek-alerts get ${newest} --json --demo`)
    assert.strictEqual(commandOf(pressing(listed(), "a")), "mixpeek-alerts alerts --demo")
  })

  it("names the namespace and another API, and never a key", () => {
    const source = { demo: false, baseUrl: "http://127.0.0.1:8080", namespace: "a b" }
    const same = equivalent({ ...listed(), source })
    assert.strictEqual(
      "command" in same ? same.command : "",
      "mixpeek-alerts list --limit 100 --namespace 'a b' --base-url http://127.0.0.1:8080",
    )
  })
})
