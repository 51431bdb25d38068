/** The script that a Node developer writes in an hour: fetch, a limiter, papaparse. */
import { appendFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import pLimit from "p-limit"
import Papa from "papaparse"
import { concurrency, headers as auth, job, pagePath, path } from "./Job.mjs"
import { executionRow, headers, matchRow, sourceRow } from "./Rows.mjs"

const file = (name) => join(job.out, `${name}.csv`)
for (const [name, columns] of Object.entries(headers)) writeFileSync(file(name), `${columns.join(",")}\r\n`)

const append = (name, rows) => {
  if (rows.length > 0) appendFileSync(file(name), `${Papa.unparse(rows, { newline: "\r\n" })}\r\n`)
}

const write = (executions) => {
  append("executions", executions.map(executionRow))
  append(
    "matches",
    executions.flatMap((one) => (one.matches ?? []).map((match, index) => matchRow(one, match, index))),
  )
  append(
    "source_documents",
    executions.flatMap((one) => (one.source_documents ?? []).map((document, at) => sourceRow(one, document, at))),
  )
}

const get = async (target) => {
  const response = await fetch(job.base + target, { headers: auth })
  if (!response.ok) throw new Error(`${response.status} for ${target}`)
  return response.json()
}

if (job.kind === "by-id") {
  const limit = pLimit(concurrency)
  write(await Promise.all(job.ids.map((id) => limit(() => get(path(id))))))
} else {
  for (let cursor = null; ;) {
    const page = await get(pagePath(cursor))
    write(page.results)
    cursor = page.pagination.next_cursor
    if (cursor === null) break
  }
}
