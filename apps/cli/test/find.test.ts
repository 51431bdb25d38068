import { assert, describe, it } from "@effect/vitest"
import { parseRecord } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import type { Model } from "../src/tui/Model.ts"
import { update } from "../src/tui/Update.ts"
import { after, at, letters, newest, openedModel, pressing, waitingModel } from "./Fixture.ts"

const nested = { a: { b: { c: [{ d: "needle one" }, "x"] } }, e: "Needle two" }
const record = Result.getOrThrow(
  parseRecord(
    JSON.stringify({
      execution_id: newest,
      alert_id: "alt_1",
      collection_id: "col_1",
      triggered: true,
      match_count: 2,
      matches: [
        { document_id: "doc_a", score: 0.5, metadata: nested },
        { document_id: "doc_b", score: 0.4, metadata: { f: "needle three" } },
      ],
      executed_at: "2026-03-01T00:00:00Z",
      duration_ms: 1,
    }),
  ),
)
const opened = () => after(waitingModel(newest), { _tag: "ExecutionLoaded", id: newest, record, at })
const line = (model: Model) => {
  const { detail } = model
  return detail?.tab === "json" ? detail.json[detail.spots.json.index] : detail?.tree[detail.spots.tree.index]
}

describe("finding", () => {
  it("opens what a hit is folded away in, goes on from there, and around", () => {
    const there = pressing(opened(), "2", "/", ...letters("needle"))
    assert.strictEqual(line(there)?.path, ".matches[0].metadata.a.b.c[0].d")
    const kept = pressing(there, "enter")
    assert.isNull(kept.overlay)
    assert.strictEqual(kept.notice, "1 of 3: n next, N previous")
    assert.strictEqual(line(pressing(kept, "n"))?.path, ".matches[0].metadata.e")
    assert.strictEqual(line(pressing(kept, "n", "n", "n"))?.path, line(kept)?.path)
    assert.strictEqual(line(pressing(kept, "N"))?.path, ".matches[1].metadata.f")
  })

  it("gives back the folds and the cursor with esc", () => {
    const before = pressing(opened(), "2", "j")
    assert.deepStrictEqual(pressing(before, "/", ...letters("needle"), "esc").detail, before.detail)
  })

  it("looks in the pane that has the keys: a match's tree, the documents, the text", () => {
    assert.strictEqual(line(pressing(opened(), "tab", "/", ...letters("two"), "enter"))?.path, ".matches[0].metadata.e")
    assert.strictEqual(pressing(opened(), "/", ...letters("doc_b"), "enter").detail?.spots.matches.index, 1)
    const raw = pressing(opened(), "5", "/", ...letters("needle t"), "enter").detail
    assert.include(raw?.raw[raw.spots.raw.index], "Needle two")
    assert.include(pressing(opened(), "5", "/", ...letters("nothing")).notice, '"nothing" is not in here')
  })

  it("does not skip what a shorter text found", () => {
    assert.deepStrictEqual(
      pressing(opened(), "2", "/", ...letters("n"), ...letters("eedle")).detail,
      pressing(after(pressing(opened(), "2", "/"), { _tag: "Pasted", text: "needle" })).detail,
    )
  })
})

describe("handing over", () => {
  it("gives the record as it was sent, on lines, to the editor and the pager", () => {
    for (const [press, to] of [
      ["e", "editor"],
      ["P", "pager"],
    ] as const) {
      const [command] = update(openedModel(), { _tag: "Pressed", press }).commands
      assert.deepInclude(command, { _tag: "HandOver", to, name: newest })
      assert.include(command?._tag === "HandOver" ? command.text : "", `"execution_id": "${newest}"`)
    }
  })
})
