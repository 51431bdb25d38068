/** As little as a Node program can do: undici's dispatcher, JSON.parse, text put together, no check of anything. */
import { openSync, writeSync } from "node:fs"
import { join } from "node:path"
import { Pool } from "undici"
import { concurrency, headers as auth, job, pagePath, path } from "./Job.mjs"
import { executionRow, headers, matchRow, sourceRow } from "./Rows.mjs"

const pool = new Pool(job.base, { connections: concurrency })
const flushAt = 64 * 1024

const open = (name) => ({ file: openSync(join(job.out, `${name}.csv`), "w"), text: `${headers[name].join(",")}\r\n` })
const tables = {
  executions: open("executions"),
  matches: open("matches"),
  source_documents: open("source_documents"),
}

const cell = (value) => {
  if (value === null) return ""
  if (typeof value !== "string") return String(value)
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

const flush = (table) => {
  writeSync(table.file, table.text)
  table.text = ""
}

const put = (table, row) => {
  let line = cell(row[0])
  for (let index = 1; index < row.length; index++) line += `,${cell(row[index])}`
  table.text += `${line}\r\n`
  if (table.text.length > flushAt) flush(table)
}

const write = (execution) => {
  put(tables.executions, executionRow(execution))
  const { matches, source_documents: sources } = execution
  if (matches) for (let at = 0; at < matches.length; at++) put(tables.matches, matchRow(execution, matches[at], at))
  if (sources)
    for (let at = 0; at < sources.length; at++) put(tables.source_documents, sourceRow(execution, sources[at], at))
}

const get = (target) =>
  new Promise((resolve, reject) => {
    const parts = []
    let status = 0
    pool.dispatch(
      { path: target, method: "GET", headers: auth },
      {
        onRequestStart() {},
        onResponseStart(_, code) {
          status = code
        },
        onResponseData(_, part) {
          parts.push(part)
        },
        onResponseEnd() {
          if (status !== 200) return reject(new Error(`${status} for ${target}`))
          resolve(JSON.parse(parts.length === 1 ? parts[0] : Buffer.concat(parts)))
        },
        onResponseError: (_, error) => reject(error),
      },
    )
  })

if (job.kind === "by-id") {
  let at = 0
  const worker = async () => {
    while (at < job.ids.length) write(await get(path(job.ids[at++])))
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
} else {
  let following = get(pagePath(null))
  while (following !== null) {
    const page = await following
    const cursor = page.pagination.next_cursor
    following = cursor === null ? null : get(pagePath(cursor))
    for (const execution of page.results) write(execution)
  }
}

for (const table of Object.values(tables)) flush(table)
await pool.close()
