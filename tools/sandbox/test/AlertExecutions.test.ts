/** The endpoints that answer with the executions of one alert. */
import { alerts } from "@mixpeek-alerts/domain/Sample"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Sandbox, startSandbox } from "../src/index.ts"
import { ask, descending, errorOf, page, resultsText } from "./Ask.ts"

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ executions: 3500, seed: 7 })
})

afterAll(() => sandbox.close())

describe("GET /v1/alerts/{alert}/executions", () => {
  it.each(alerts.map((alert, position) => [alert.name, alert.alertId, position] as const))(
    "has the executions of %s, by ID and by name",
    async (name, id, position) => {
      await using small = await startSandbox({ executions: 400, seed: 7 })
      const indexes = descending(400).filter((index) => small.sample.alertOf(index) === position)
      for (const identifier of [id, encodeURIComponent(name)]) {
        const texts: Array<string> = []
        for (let cursor = ""; ;) {
          const text = await (await ask(small, `/v1/alerts/${identifier}/executions?limit=17${cursor}`)).text()
          const body = JSON.parse(text) as { pagination: { next_cursor: string | null }; total_count: number }
          expect(body.total_count).toBe(indexes.length)
          texts.push(resultsText(text))
          if (body.pagination.next_cursor === null) break
          cursor = `&cursor=${body.pagination.next_cursor}`
        }
        expect(texts.join(",")).toBe(indexes.map(small.sample.json).join(","))
      }
    },
  )

  it("counts what has arrived since", async () => {
    await using small = await startSandbox({ executions: 100 })
    const before = await page(small, "/v1/alerts/alt_nsfw/executions")
    small.grow(600)
    const after = await page(small, "/v1/alerts/alt_nsfw/executions")
    expect(after.total_count).toBeGreaterThan(before.total_count ?? 0)
  })

  it("says 404 for an unknown alert", async () => {
    const response = await ask(sandbox, "/v1/alerts/alt_nothing/executions")
    expect(response.status).toBe(404)
    expect((await errorOf(response)).error.details).toEqual({ resource: "alert", id: "alt_nothing" })
  })
})

describe("GET /v1/alerts/{alert}/results", () => {
  it("answers with the newest execution of the alert", async () => {
    const newest = descending(sandbox.executions()).find((index) => sandbox.sample.alertOf(index) === 2) ?? -1
    const response = await ask(sandbox, `/v1/alerts/${encodeURIComponent("顔検出アラート")}/results`)
    expect(await response.text()).toBe(sandbox.sample.json(newest))
  })

  it("says 404 when the alert never ran", async () => {
    await using none = await startSandbox({ executions: 0 })
    expect((await ask(none, "/v1/alerts/alt_nsfw/results")).status).toBe(404)
  })
})

it("serves a page from a million executions without keeping any", async () => {
  await using big = await startSandbox({ executions: 1_000_000 })
  const body = await page(big, "/v1/alerts/alt_face_jp/executions?limit=5")
  expect(body.results).toHaveLength(5)
  expect(body.total_count).toBeGreaterThan(150_000)
})
