/** The faults of walking a list. */
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Sandbox, startSandbox } from "../src/index.ts"
import { ask, cursorOf, errorOf, page, type PageBody } from "./Ask.ts"

const list = "/v1/alerts/executions?limit=3"

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ executions: 12 })
})

afterEach(() => sandbox.close())

const after = (body: PageBody): Promise<PageBody> => page(sandbox, `${list}&cursor=${cursorOf(body)}`)

/** Up to `most` pages, as long as there is a cursor. */
const walk = async (most: number): Promise<ReadonlyArray<PageBody>> => {
  const pages = [await page(sandbox, list)]
  for (let last = pages[0]; last !== undefined && pages.length < most;) {
    if (last.pagination["next_cursor"] === null) break
    last = await after(last)
    pages.push(last)
  }
  return pages
}

const times = (pages: ReadonlyArray<PageBody>): ReadonlyArray<unknown> =>
  pages.flatMap((body) => (body.results ?? []).map((one) => one["executed_at"]))

const everything = (): ReadonlyArray<unknown> =>
  Array.from(
    { length: 12 },
    (_, at) => (JSON.parse(sandbox.sample.json(11 - at)) as Record<string, unknown>)["executed_at"],
  )

describe("cursor-loop", () => {
  it("answers a cursor with the same cursor", async () => {
    sandbox.setFault("cursor-loop", 1)
    const [first, second, third] = (await walk(3)) as [PageBody, PageBody, PageBody]
    expect(cursorOf(second)).toBe(cursorOf(first))
    expect(third.results).toEqual(second.results)
  })
})

describe("cursor-loop-aba", () => {
  it("leads from one cursor to another and back", async () => {
    sandbox.setFault("cursor-loop-aba", 1)
    const pages = await walk(6)
    const [a, b, ...rest] = pages.map(cursorOf)
    expect(a).not.toBe(b)
    expect(rest).toEqual([a, b, a, b])
    expect(pages[3]?.results).toEqual(pages[1]?.results)
  })

  it("goes back once when it plays once", async () => {
    sandbox.setFault("cursor-loop-aba", "next:1")
    const cursors = (await walk(10)).map(cursorOf)
    expect(cursors[2]).toBe(cursors[0])
    expect(cursors.at(-1)).toBe("null")
  })
})

describe("page-repeat", () => {
  it("has the same records again under a new cursor", async () => {
    sandbox.setFault("page-repeat", { next: 2 })
    const pages = await walk(10)
    expect(pages[1]?.results).toEqual(pages[0]?.results)
    expect(pages[2]?.results).toEqual(pages[0]?.results)
    expect(new Set(pages.map(cursorOf)).size).toBe(pages.length)
    expect(times(pages.slice(2))).toEqual(everything())
  })
})

describe("empty-page", () => {
  it.each([1, 3])("puts %i empty pages before the data and loses none", async (count) => {
    sandbox.setFault("empty-page", { times: count })
    const pages = await walk(40)
    expect(pages.filter((body) => body.results?.length === 0)).toHaveLength(4 * count)
    expect(new Set(pages.map(cursorOf)).size).toBe(pages.length)
    expect(times(pages)).toEqual(everything())
  })
})

describe("expired-cursor", () => {
  it("refuses the next requests that come with a cursor", async () => {
    sandbox.setFault("expired-cursor", "next:1")
    const first = await page(sandbox, list)
    const response = await ask(sandbox, `${list}&cursor=${cursorOf(first)}`)
    expect(response.status).toBe(400)
    expect((await errorOf(response)).error).toMatchObject({
      type: "BadRequestError",
      message: "The cursor has expired.",
    })
    expect((await after(first)).results).toHaveLength(3)
  })

  it("refuses cursors that are older than so many requests", async () => {
    sandbox.setFault("expired-cursor", { age: 2 })
    const first = await page(sandbox, list)
    const path = `${list}&cursor=${cursorOf(first)}`
    const statuses = [await ask(sandbox, path), await ask(sandbox, path), await ask(sandbox, path)]
    expect(statuses.map((response) => response.status)).toEqual([200, 200, 400])
    expect(times(await walk(10))).toEqual(everything())
  })
})

describe("end-cursor", () => {
  it.each([
    ["empty", ""],
    ["absent", undefined],
  ])("ends the list with a cursor that is %s", async (as, cursor) => {
    sandbox.setFault("end-cursor", { as })
    const body = await page(sandbox, "/v1/alerts/executions?limit=12")
    expect(body.pagination["next_cursor"]).toBe(cursor)
    expect((await page(sandbox, list)).pagination["next_cursor"]).toBeTypeOf("string")
  })
})
