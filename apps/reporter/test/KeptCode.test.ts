/** That the flags of V8 which an export sets while it runs do not spoil the code that it keeps. */
import { readdirSync, statSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, expect, it } from "vitest"
import { make } from "@mixpeek-alerts/domain/Sample"
import { runExport, scratch, under } from "./Reporter.ts"
import { type Server, startServer } from "./Server.ts"

const folder = scratch()
let server: Server

beforeAll(async () => {
  server = await startServer({ executions: 300, seed: 1 })
  const sample = make(1)
  const ids = Array.from({ length: 300 }, (_, index) => index).filter(sample.hasId)
  writeFileSync(folder.in("ids.txt"), ids.map((id) => `${sample.executionId(id)}\n`).join(""))
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const byId = ["--ids", folder.in("ids.txt"), "--plan", "by-id"]
const walk = ["--all"]

it.each([
  { first: "IDs", ran: byId, next: "IDs", runs: byId },
  { first: "IDs", ran: byId, next: "pages", runs: walk },
  { first: "pages", ran: walk, next: "IDs", runs: byId },
])(
  "V8 takes the code of an export of $first for one of $next, and has none to keep",
  async ({ first, ran, runs, next }) => {
    using home = under(folder, `${first}-${next}`)
    const env = { NODE_COMPILE_CACHE: home.in("code") }
    const kept = () => {
      const [file = "none"] = readdirSync(home.in("code", "mixpeek-alerts"))
      return [file, statSync(home.in("code", "mixpeek-alerts", file)).mtimeMs]
    }
    expect(await runExport([...ran, "--out", home.in("a")], { server, env })).toMatchObject({ code: 0 })
    const before = kept()
    expect(before[0]).toMatch(/-export\.code$/)
    expect(await runExport([...runs, "--out", home.in("b")], { server, env })).toMatchObject({ code: 0 })
    expect(kept()).toEqual(before)
  },
)
