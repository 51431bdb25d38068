/** The HTML report in a real browser: whatever the server sent, nothing of it runs and nothing is loaded. */
import { execFile, spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { run, scratch } from "./Reporter.ts"

const browser = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
)

const folder = scratch()
/** What the browser asked this machine for. */
const asked: Array<string> = []

/** Each would give the page another title, or fetch something, if it were markup. */
const attacks = (origin: string) => [
  `<script>document.title="owned"</script>`,
  `<img src="${origin}/leak" onerror="document.title='owned'">`,
  `"><svg onload="document.title='owned'"></svg>`,
  `</bdi></td></table><iframe srcdoc="<script>parent.document.title='owned'</script>"></iframe>`,
  `</title></style><link rel="stylesheet" href="${origin}/leak.css"><style>@import "${origin}/leak"</style>`,
  `<meta http-equiv="refresh" content="0;url=${origin}/leak"><base href="${origin}/">`,
  `<a href="javascript:document.title='owned'" autofocus onfocus="document.title='owned'">x</a>`,
]

const hostile = (text: string, at: number) => ({
  execution_id: `exec_${at}`,
  alert_id: text,
  collection_id: text,
  triggered: true,
  match_count: 1,
  matches: [
    { document_id: text, score: 0.5, asset_id: text, matched_features: { [text]: text }, metadata: { [text]: text } },
  ],
  source_documents: [text],
  executed_at: "2026-03-01T09:30:00Z",
  duration_ms: 7,
})

/** Those, and for each of them a record that does not fit, so that its words get into the page as a failure. */
const recordsOf = (origin: string) =>
  attacks(origin).flatMap((text, at) => [
    hostile(text, at),
    { ...hostile(text, at), execution_id: text, triggered: text },
  ])

const server = createServer((request, response) => {
  asked.push(request.url ?? "")
  const results = recordsOf(`http://${request.headers.host}`)
  response.setHeader("content-type", "application/json")
  response.end(JSON.stringify({ results, pagination: { next_cursor: null }, total_count: results.length }))
})

const execute = promisify(execFile)

/** What has become of a page once its scripts have run and what it loads is there. */
const shown = async (html: string): Promise<string> => {
  const path = folder.in("page.html")
  writeFileSync(path, html)
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${folder.in("profile")}`]
  const { stdout } = await execute(browser ?? "", [...flags, "--dump-dom", `file://${path}`], { timeout: 20_000 })
  expect(stdout).toContain("</html>")
  return stdout
}

const titleOf = (dom: string): string | undefined => /<title>(.*?)<\/title>/s.exec(dom)?.[1]

describe.skipIf(browser === undefined)("the page of a run full of markup, in a browser", () => {
  let origin = ""
  let report = ""

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const ended = await run(["export", "--all", "--report", "--rate", "unlimited", "--out", folder.in("run")], {
      env: { MIXPEEK_API_KEY: "sk_test_browser", MIXPEEK_NAMESPACE: "ns_test", MIXPEEK_BASE_URL: origin },
    })
    expect(ended.code).toBe(80)
    report = readFileSync(folder.in("run", "report.html"), "utf8")
    asked.length = 0
  }, 30_000)

  afterAll(() => {
    server.close()
    folder[Symbol.dispose]()
  })

  it("shows all of it as text, runs none of it, and asks nobody for anything", async () => {
    const dom = await shown(report)
    expect(titleOf(dom)).toBe(titleOf(report))
    // Without what attributes say: the labels of pictures name alerts too.
    expect(dom.replaceAll(/="[^"]*"/g, "")).not.toMatch(/<(script|img|iframe|link|base|a)\b|<[^>]*\son\w+/i)
    for (const text of [`&lt;script&gt;document.title="owned"&lt;/script&gt;`, "&lt;img src="])
      expect(dom).toContain(text)
    expect(asked).toEqual([])
  }, 30_000)

  it("would run and load nothing even if it were not escaped, by the policy of the page alone", async () => {
    const raw = attacks(origin)
      .filter((text) => !text.includes("http-equiv"))
      .join("")
    const dom = await shown(report.replace("<main>", `<main>${raw}`))
    expect(dom).toContain("<script>")
    expect([titleOf(dom), asked]).toEqual([titleOf(report), []])
  }, 30_000)

  it("is looked at in a browser that would do both", async () => {
    const dom = await shown(`<!doctype html><html><head><title>whole</title></head><body>${attacks(origin)[0]}
      <img src="${origin}/seen"></body></html>`)
    expect([titleOf(dom), asked]).toEqual(["owned", ["/seen"]])
    asked.length = 0
  }, 30_000)
})
