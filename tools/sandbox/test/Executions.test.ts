/** The endpoints that answer with the executions of the namespace. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Sandbox, startSandbox } from "../src/index.ts"
import { ask, cursorOf, descending, errorOf, page, resultsText } from "./Ask.ts"

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ executions: 3500, seed: 7 })
})

afterAll(() => sandbox.close())

/** The texts of all pages of a list, newest first. */
const walk = async (path: string, between: () => void = () => {}): Promise<ReadonlyArray<string>> => {
  const texts: Array<string> = []
  for (let cursor = ""; ;) {
    const text = await (await ask(sandbox, `${path}${cursor}`)).text()
    texts.push(text)
    const next = (JSON.parse(text) as { pagination: { next_cursor: string | null } }).pagination.next_cursor
    if (next === null) return texts
    cursor = `&cursor=${next}`
    between()
  }
}

const expected = (indexes: ReadonlyArray<number>): string => indexes.map(sandbox.sample.json).join(",")

describe("GET /v1/alerts/executions/{execution_id}", () => {
  it("answers with the very text of the record", async () => {
    const response = await ask(sandbox, `/v1/alerts/executions/${sandbox.sample.executionId(1234)}`)
    expect(response.status).toBe(200)
    expect(response.headers.get("content-type")).toBe("application/json")
    expect(await response.text()).toBe(sandbox.sample.json(1234))
  })

  it.each([
    ["an unknown ID", () => "exec_nothing"],
    ["an ID past the newest execution", () => sandbox.sample.executionId(1_000_000)],
    ["the ID of a record that does not carry it", () => sandbox.sample.executionId(13)],
    ["text that no percent sign decodes", () => "%zz"],
  ])("says 404 for %s", async (_, id) => {
    const response = await ask(sandbox, `/v1/alerts/executions/${id()}`)
    const body = await errorOf(response)
    expect(response.status).toBe(404)
    expect(body).toMatchObject({ success: false, status: 404, error: { type: "NotFoundError" } })
    expect(body.error.details).toEqual({ resource: "alert_execution", id: id() })
  })
})

describe("GET /v1/alerts/executions", () => {
  it("walks everything exactly once, newest first, as the sample's own text", async () => {
    const texts = await walk("/v1/alerts/executions?limit=1000")
    expect(texts).toHaveLength(4)
    expect(texts.map(resultsText).join(",")).toBe(expected(descending(3500)))
  })

  it("does not shift a walk when newer executions arrive", async () => {
    const before = sandbox.executions()
    const texts = await walk("/v1/alerts/executions?limit=900", () => sandbox.grow(250))
    expect(texts.map(resultsText).join(",")).toBe(expected(descending(before)))
    expect(sandbox.executions()).toBeGreaterThan(before)
  })

  it("ends with a null cursor when the last page is exactly full", async () => {
    await using small = await startSandbox({ executions: 6 })
    const first = await page(small, "/v1/alerts/executions?limit=3")
    const second = await page(small, `/v1/alerts/executions?limit=3&cursor=${cursorOf(first)}`)
    expect(second.results).toHaveLength(3)
    expect(second.pagination["next_cursor"]).toBeNull()
  })

  it("has 100 records on a page and tells the true total", async () => {
    const body = await page(sandbox, "/v1/alerts/executions?include_total=true")
    expect(body.results).toHaveLength(100)
    expect(body.total_count).toBe(sandbox.executions())
    expect(body.pagination["total"]).toBe(sandbox.executions())
  })

  it("pages by offset too", async () => {
    const body = await (await ask(sandbox, "/v1/alerts/executions?limit=2&offset=10")).text()
    const newest = sandbox.executions() - 1
    expect(resultsText(body)).toBe(expected([newest - 10, newest - 11]))
    expect((JSON.parse(body) as { pagination: unknown }).pagination).toMatchObject({ page: 6, previous_page: 5 })
  })

  it("has nothing and no cursor past the end", async () => {
    await using small = await startSandbox({ executions: 5 })
    const body = await page(small, "/v1/alerts/executions?offset=5")
    expect(body).toMatchObject({ results: [], pagination: { next_cursor: null }, total_count: 5 })
  })

  it("can be empty", async () => {
    await using none = await startSandbox({ executions: 0 })
    expect(await page(none, "/v1/alerts/executions")).toMatchObject({ results: [], total_count: 0 })
  })

  it.each(["limit=0", "limit=1001", "limit=ten", "limit=1.5", "offset=-1", "offset=10001", "include_total=maybe"])(
    "says 422 in FastAPI's shape for %s",
    async (query) => {
      const response = await ask(sandbox, `/v1/alerts/executions?${query}`)
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({ detail: [{ loc: ["query", query.split("=")[0]] }] })
    },
  )

  it("says 400 for a cursor of another list, of another seed, and for garbage", async () => {
    await using other = await startSandbox({ executions: 3500, seed: 8 })
    const cursors = [
      cursorOf(await page(other, "/v1/alerts/executions")),
      cursorOf(await page(sandbox, "/v1/alerts/alt_nsfw/executions")),
      "garbage",
      "e30",
      `${cursorOf(await page(sandbox, "/v1/alerts/executions"))}AA`,
    ]
    for (const cursor of cursors) {
      const response = await ask(sandbox, `/v1/alerts/executions?cursor=${cursor}`)
      expect(response.status).toBe(400)
      expect((await errorOf(response)).error.type).toBe("BadRequestError")
    }
  })
})
