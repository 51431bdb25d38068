/** The endpoints that answer with executions. */
import { badRequest, fastApiInvalid, notFound } from "./ApiError.ts"
import type { ApiRequest } from "./ApiRequest.ts"
import { decodeCursor } from "./Cursor.ts"
import { expired, stepOf } from "./CursorFault.ts"
import type { ExecutionList } from "./ExecutionList.ts"
import { renderPage } from "./ListPage.ts"
import { bent } from "./PageFault.ts"
import { type PageQuery, readPageQuery } from "./PageQuery.ts"
import { duplicated, extraMembers, listed, spoiled } from "./RecordFault.ts"
import { jsonText, type Reply } from "./Reply.ts"
import type { World } from "./World.ts"

const recordReply = (world: World, request: ApiRequest, index: number): Reply =>
  jsonText(200, spoiled(world, request, [world.sample.json(index)], extraMembers(world, request))[0] ?? "null")

/** `GET /v1/alerts/executions/{execution_id}`: a record that does not carry its ID cannot be asked for. */
export const oneExecution = (world: World, request: ApiRequest, id: string): Reply => {
  const index = world.sample.indexOf(id)
  if (index === undefined || index >= world.executions() || !world.sample.hasId(index)) {
    return notFound("alert_execution", id)
  }
  return recordReply(world, request, index)
}

/** `GET /v1/alerts/{alert}/results`: the newest execution of an alert; 404 when it never ran. */
export const latestExecution = (world: World, request: ApiRequest, alert: number, asked: string): Reply => {
  const index = world.list(alert).span(undefined, 1).indexes[0]
  return index === undefined ? notFound("alert_execution", asked) : recordReply(world, request, index)
}

const pageReply = (world: World, request: ApiRequest, list: ExecutionList, query: PageQuery): Reply => {
  const scope = { list: list.name, seed: world.options.seed, size: world.executions() }
  const place = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor)
  if (query.cursor !== undefined && place === undefined) return badRequest("The cursor is not valid.")
  const tooOld = place === undefined ? undefined : expired(world, request, place)
  if (tooOld !== undefined) return tooOld
  const span = list.span(place?.index ?? list.at(query.offset), query.limit)
  const step = stepOf(world, request, { scope, place, span })
  const { indexes: admitted, withheld } = listed(world, request, list, step.indexes)
  const indexes = duplicated(world, request, admitted, list.newerThan)
  const extra = extraMembers(world, request)
  const records = spoiled(world, request, indexes.map(world.sample.json), extra)
  const page = { records, nextCursor: step.nextCursor, total: list.size() - withheld, query, extra }
  return jsonText(200, renderPage(bent(world, request, page)))
}

/** `GET /v1/alerts/executions` and `GET /v1/alerts/{alert}/executions`: one page, newest first. */
export const executionPage = (world: World, request: ApiRequest, alert: number | undefined): Reply => {
  const read = readPageQuery(request.query)
  return "issues" in read ? fastApiInvalid(read.issues) : pageReply(world, request, world.list(alert), read.query)
}
