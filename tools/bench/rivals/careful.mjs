/** The script of somebody who read about it: an undici pool, JSON.parse, csv-stringify on streams. */
import { createWriteStream } from "node:fs"
import { join } from "node:path"
import { finished } from "node:stream/promises"
import { stringify } from "csv-stringify"
import { Pool } from "undici"
import { concurrency, headers as auth, job, pagePath, path } from "./Job.mjs"
import { executionRow, headers, matchRow, sourceRow } from "./Rows.mjs"

const pool = new Pool(job.base, { connections: concurrency })
const cast = { boolean: (value) => String(value) }
const open = (name) => {
  const encoder = stringify({ header: true, columns: headers[name], cast, record_delimiter: "windows" })
  const file = encoder.pipe(createWriteStream(join(job.out, `${name}.csv`)))
  return { encoder, done: finished(file) }
}
const tables = {
  executions: open("executions"),
  matches: open("matches"),
  source_documents: open("source_documents"),
}

const put = async ({ encoder }, row) => {
  if (!encoder.write(row)) await new Promise((resolve) => encoder.once("drain", resolve))
}

const write = async (execution) => {
  await put(tables.executions, executionRow(execution))
  let index = 0
  for (const match of execution.matches ?? []) await put(tables.matches, matchRow(execution, match, index++))
  let position = 0
  for (const document of execution.source_documents ?? [])
    await put(tables.source_documents, sourceRow(execution, document, position++))
}

const get = async (target) => {
  const { body, statusCode } = await pool.request({ path: target, method: "GET", headers: auth })
  const text = await body.text()
  if (statusCode !== 200) throw new Error(`${statusCode} for ${target}`)
  return JSON.parse(text)
}

if (job.kind === "by-id") {
  let at = 0
  const worker = async () => {
    while (at < job.ids.length) await write(await get(path(job.ids[at++])))
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
} else {
  let following = get(pagePath(null))
  while (following !== null) {
    const page = await following
    const cursor = page.pagination.next_cursor
    following = cursor === null ? null : get(pagePath(cursor))
    for (const execution of page.results) await write(execution)
  }
}

for (const { encoder } of Object.values(tables)) encoder.end()
await Promise.all(Object.values(tables).map(({ done }) => done))
await pool.close()
