/** The pages that are kept for the next start: whose they are, who can read them, and what becomes of damage. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { identityOf } from "../src/cache/CacheIdentity.ts"
import { cacheFor } from "../src/cache/PageCache.ts"
import { mostBytes, savedFrom, savedText } from "../src/cache/SavedPage.ts"
import { problem } from "../src/Problem.ts"
import { selectedItem } from "../src/tui/List.ts"
import { initialModel } from "../src/tui/Show.ts"
import { update } from "../src/tui/Update.ts"
import { after, at, pageOf, pressing, source, theme, waitingModel } from "./Fixture.ts"

const owner = { baseUrl: "https://api.mixpeek.com", namespace: "ns_a", apiKey: "sk_canary_0123456789abcdef" }
const page = { records: pageOf(30).records, total: 412, savedAt: at }

const place = () => {
  const root = mkdtempSync(join(tmpdir(), "mixpeek-alerts-cache-"))
  const folder = join(root, "mixpeek-alerts")
  const env = { XDG_CACHE_HOME: root }
  return { env, folder, cache: cacheFor(owner, env), file: join(folder, `${identityOf(owner)}.json`) }
}

const kept = () => {
  const there = place()
  Effect.runSync(there.cache.save(page))
  return there
}

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

describe("saved pages", () => {
  it("come back as they were, in a file of 0600 in a folder of 0700", () => {
    const { cache, file, folder } = kept()
    const found = cache.load(at)
    assert.deepStrictEqual(
      found?.records.map(({ json }) => json),
      page.records.map(({ json }) => json),
    )
    assert.deepStrictEqual([found?.total, found?.savedAt], [412, at])
    assert.deepStrictEqual([modeOf(file), modeOf(folder)], ["600", "700"])
    assert.deepStrictEqual(readdirSync(folder), [`${identityOf(owner)}.json`])
  })

  it("belong to one endpoint, namespace and key, and hold no key", () => {
    const { env, file } = kept()
    for (const other of [
      { ...owner, baseUrl: "https://other" },
      { ...owner, namespace: null },
      { ...owner, apiKey: "sk_other" },
    ]) {
      assert.isNull(cacheFor(other, env).load(at))
      assert.isNull(savedFrom(readFileSync(file, "utf8"), identityOf(other), at))
    }
    assert.notInclude(readFileSync(file, "utf8") + file, "canary")
    assert.notInclude(readFileSync(file, "utf8"), "ns_a")
  })

  it("are ignored when they are damaged, and replaced by the next ones", () => {
    const { cache, file } = kept()
    const whole = readFileSync(file, "utf8")
    const damaged = [
      "",
      "{",
      "[]",
      whole.slice(0, -20),
      whole.replace('"format":1', '"format":2'),
      whole.replace(String(at), String(at + 600_000)),
      whole.replace(String(at), "-1"),
      JSON.stringify({ ...JSON.parse(whole), records: ["{oops"] }),
      JSON.stringify({ ...JSON.parse(whole), records: [7] }),
      JSON.stringify({ ...JSON.parse(whole), records: [] }),
      " ".repeat(mostBytes + 1),
      "\u0000\u0001\u0002",
    ]
    for (const text of damaged) {
      writeFileSync(file, text)
      assert.isNull(cache.load(at), text.slice(0, 80))
      Effect.runSync(cache.save(page))
      assert.strictEqual(cache.load(at)?.records.length, 30)
    }
  })

  it("are not read from a link, a folder, or a file that others can read", () => {
    const { cache, file } = kept()
    chmodSync(file, 0o644)
    assert.isNull(cache.load(at))
    const text = readFileSync(file, "utf8")
    rmSync(file)
    writeFileSync(`${file}.elsewhere`, text, { mode: 0o600 })
    symlinkSync(`${file}.elsewhere`, file)
    assert.isNull(cache.load(at))
    Effect.runSync(cache.save(page))
    assert.strictEqual(cache.load(at)?.records.length, 30)
    assert.strictEqual(readFileSync(`${file}.elsewhere`, "utf8"), text)
  })

  it("are not kept, without a word, where there is no room for them", () => {
    const { env, folder } = place()
    writeFileSync(folder, "a file in the way")
    const cache = cacheFor(owner, env)
    Effect.runSync(cache.save(page))
    assert.isNull(cache.load(at))
    const nowhere = cacheFor(owner, { XDG_CACHE_HOME: "/proc/nowhere" })
    Effect.runSync(nowhere.save(page))
    assert.isNull(nowhere.load(at))
  })

  it("are bounded: so many bytes a file, so many files", () => {
    const { env, folder } = place()
    const big = pageOf(1).records[0]
    const huge = {
      ...page,
      records: Array.from({ length: 50 }, () => ({
        ...big,
        json: JSON.stringify({ pad: "x".repeat(100_000) }),
      })) as unknown as typeof page.records,
    }
    const text = savedText(huge, "i")
    assert.isBelow(text.length, mostBytes)
    assert.strictEqual(JSON.parse(text).records.length, 9)
    for (let index = 0; index < 12; index++) {
      const one = { ...owner, namespace: `ns_${index}` }
      Effect.runSync(cacheFor(one, env).save(page))
      utimesSync(join(folder, `${identityOf(one)}.json`), index, index)
    }
    const { length } = readdirSync(folder)
    assert.strictEqual(length, 8)
    assert.isNotNull(cacheFor({ ...owner, namespace: "ns_11" }, env).load(at))
  })
})

describe("a list that an earlier run has kept", () => {
  const opened = initialModel(
    {
      target: null,
      theme,
      source,
      lookedAt: null,
      saved: { ...page, records: pageOf(100).records.slice(5, 35), savedAt: at - 60_000 },
    },
    { columns: 80, rows: 24 },
    at,
  )

  it("can be used at once, and gives way to the server without moving the cursor", () => {
    assert.strictEqual(opened.list.visible.length, 30)
    const there = pressing(opened, "j", "j")
    const fresh = after(there, { _tag: "PageLoaded", page: pageOf(20), more: false, at })
    assert.strictEqual(selectedItem(fresh.list)?.key, selectedItem(there.list)?.key)
    assert.strictEqual(fresh.list.visible.length, 20)
    assert.isNull(fresh.list.savedAt)
    assert.deepStrictEqual(fresh.list.gaps, [])
  })

  it("stays, and is still marked, when the server does not answer", () => {
    const failed = after(opened, { _tag: "PageFailed", problem: problem("Unreachable", 69, "No.", ""), at })
    assert.strictEqual(failed.list.visible.length, 30)
    assert.strictEqual(failed.list.savedAt, at - 60_000)
    assert.include(pressing(failed, "L").notice, "earlier run")
  })

  it("is kept whenever the front of the list has come", () => {
    const { commands } = update(waitingModel(), { _tag: "PageLoaded", page: pageOf(20), more: false, at })
    const saving = commands.find((command) => command._tag === "SavePage")
    assert.strictEqual(saving?.page.records.length, 20)
    assert.isUndefined(
      update(opened, { _tag: "PageFailed", problem: problem("X", 1, "", ""), at }).commands.find(
        ({ _tag }) => _tag === "SavePage",
      ),
    )
  })
})
