/** What a script was asked to do: `SCRIPT by-id|pages BASE_URL OUT_DIR [IDS_FILE]`. */
import { readFileSync } from "node:fs"

const [kind, base, out, idsFile] = process.argv.slice(2)

export const job = {
  kind,
  base,
  out,
  ids: idsFile === undefined ? [] : readFileSync(idsFile, "utf8").split("\n").filter(Boolean),
}

export const headers = {
  authorization: `Bearer ${process.env.MIXPEEK_API_KEY}`,
  "x-namespace": process.env.MIXPEEK_NAMESPACE,
}

export const pageSize = 1000
export const concurrency = 64
export const path = (id) => `/v1/alerts/executions/${id}`
export const pagePath = (cursor) =>
  `/v1/alerts/executions?limit=${pageSize}${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`
