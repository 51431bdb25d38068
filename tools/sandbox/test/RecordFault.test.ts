/** The faults of records and of the envelope around them. */
import { decodePage } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Sandbox, startSandbox } from "../src/index.ts"
import { ask, cursorOf, page } from "./Ask.ts"

const list = "/v1/alerts/executions?limit=5"

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ executions: 12 })
})

afterEach(() => sandbox.close())

const original = (...indexes: ReadonlyArray<number>): ReadonlyArray<unknown> =>
  indexes.map((index) => JSON.parse(sandbox.sample.json(index)) as unknown)

describe("bad-record", () => {
  it.each([
    ["wrong-type", { match_count: "many" }],
    ["missing-field", { alert_id: undefined }],
    ["score", { matches: [{ score: 2 }] }],
    ["null", null],
  ])("spoils one record of the page by %s and leaves the others", async (kind, spoiled) => {
    sandbox.setFault("bad-record", { kind })
    const { results } = await page(sandbox, list)
    const good = original(11, 10, 9, 8, 7)
    const changed = (results ?? []).filter((one, at) => JSON.stringify(one) !== JSON.stringify(good[at]))
    expect(results).toHaveLength(5)
    expect(changed).toHaveLength(1)
    if (spoiled === null) expect(changed[0]).toBeNull()
    else expect({ alert_id: undefined, ...changed[0] }).toMatchObject(spoiled)
  })

  it("is one that the domain does not accept, whatever its kind", async () => {
    sandbox.setFault("bad-record", 1)
    for (let turn = 0; turn < 12; turn++) {
      const decoded = Result.getOrThrow(decodePage(await (await ask(sandbox, list)).text()))
      expect(decoded.records.filter((record) => record._tag === "Quarantined")).toHaveLength(1)
    }
  })

  it("spoils a single execution too", async () => {
    sandbox.setFault("bad-record", "1,kind=null")
    const response = await ask(sandbox, `/v1/alerts/executions/${sandbox.sample.executionId(3)}`)
    expect(await response.json()).toBeNull()
  })
})

describe("withheld-records", () => {
  it("are neither listed nor counted, in the list of everything and in that of an alert", async () => {
    sandbox.setFault("withheld-records", { every: 5 })
    const { results, total_count } = await page(sandbox, "/v1/alerts/executions?limit=20&include_total=true")
    expect(results).toEqual(original(11, 9, 8, 7, 6, 4, 3, 2, 1))
    expect(total_count).toBe(9)
    const alert = results?.[0]?.["alert_id"] as string
    const one = await page(sandbox, `/v1/alerts/${alert}/executions?limit=20&include_total=true`)
    expect(one.total_count).toBe(one.results?.length)
  })
})

describe("reversed-page", () => {
  it("lists the oldest of a page first", async () => {
    sandbox.setFault("reversed-page", { next: 1 })
    expect((await page(sandbox, list)).results).toEqual(original(7, 8, 9, 10, 11))
    expect((await page(sandbox, list)).results).toEqual(original(11, 10, 9, 8, 7))
  })
})

describe("duplicate-records", () => {
  it("repeats the last records of a page", async () => {
    sandbox.setFault("duplicate-records", { count: 2 })
    expect((await page(sandbox, list)).results).toEqual(original(11, 10, 9, 8, 7, 8, 7))
  })

  it("repeats the records of the page before", async () => {
    sandbox.setFault("duplicate-records", { count: 2, from: "previous-page" })
    const first = await page(sandbox, list)
    expect(first.results).toEqual(original(11, 10, 9, 8, 7))
    const second = await page(sandbox, `${list}&cursor=${cursorOf(first)}`)
    expect(second.results).toEqual(original(8, 7, 6, 5, 4, 3, 2))
  })
})

describe("huge-metadata", () => {
  it("puts three megabytes into one record", async () => {
    sandbox.setFault("huge-metadata", "next:1")
    const text = await (await ask(sandbox, list)).text()
    expect(text.length).toBeGreaterThan(3_000_000)
    expect(text.length).toBeLessThan(3_100_000)
    expect((JSON.parse(text) as { results: unknown }).results).toHaveLength(5)
  })
})

describe("unknown-fields", () => {
  it("adds fields to the records, the pagination and the page, and keeps the rest", async () => {
    sandbox.setFault("unknown-fields", 1)
    const body = (await page(sandbox, list)) as unknown as Record<string, unknown>
    expect(body).toHaveProperty("x_future_field")
    expect(body["pagination"]).toHaveProperty("x_future_field")
    for (const record of body["results"] as ReadonlyArray<object>) expect(record).toHaveProperty("x_future_list")
    expect(body["results"]).toMatchObject(original(11, 10, 9, 8, 7))
  })
})

describe("the totals", () => {
  it("are left out by no-total", async () => {
    sandbox.setFault("no-total", 1)
    const body = await page(sandbox, `${list}&include_total=true`)
    expect(body).not.toHaveProperty("total_count")
    expect(body.pagination).not.toHaveProperty("total")
  })

  it("are wrong by wrong-total", async () => {
    sandbox.setFault("wrong-total", { by: -2 })
    const body = await page(sandbox, `${list}&include_total=true`)
    expect([body.total_count, body.pagination["total"]]).toEqual([10, 10])
  })
})

it("null-results has no records", async () => {
  sandbox.setFault("null-results", 1)
  expect((await page(sandbox, list)).results).toBeNull()
})
