/** The endpoints that answer with alerts. */
import { allAlerts, searchAlerts } from "./AlertDirectory.ts"
import { readSearch } from "./AlertSearchBody.ts"
import { badRequest, envelopeInvalid, fastApiInvalid, notFound } from "./ApiError.ts"
import type { ApiRequest } from "./ApiRequest.ts"
import { decodeCursor } from "./Cursor.ts"
import { cursorTo, expired } from "./CursorFault.ts"
import { renderPage } from "./ListPage.ts"
import { readPageQuery } from "./PageQuery.ts"
import { json, jsonText, type Reply } from "./Reply.ts"
import type { World } from "./World.ts"

/** `GET /v1/alerts/{alert}` */
export const oneAlert = (world: World, alert: number, asked: string): Reply => {
  const found = allAlerts(world.options.namespace)[alert]
  return found === undefined ? notFound("alert", asked) : json(200, found)
}

/** `POST /v1/alerts/list` */
export const alertPage = (world: World, request: ApiRequest, body: string): Reply => {
  const asked = readPageQuery(request.query)
  if ("issues" in asked) return fastApiInvalid(asked.issues)
  const read = readSearch(body)
  if ("issues" in read) return envelopeInvalid(read.issues)
  const { query } = asked
  const found = searchAlerts(world.options.namespace, read.search)
  const scope = { list: "alerts", seed: world.options.seed, size: found.length }
  const place = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor)
  if (query.cursor !== undefined && place === undefined) return badRequest("The cursor is not valid.")
  const tooOld = place === undefined ? undefined : expired(world, request, place)
  if (tooOld !== undefined) return tooOld
  const start = place?.index ?? query.offset
  const end = start + query.limit
  const records = found.slice(start, end).map((alert) => JSON.stringify(alert))
  const nextCursor = end < found.length ? cursorTo(world, request, scope, { index: end }) : null
  return jsonText(200, renderPage({ records, nextCursor, total: found.length, query, extra: "" }))
}
