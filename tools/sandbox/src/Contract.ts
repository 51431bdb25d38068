/** Serving `/openapi.json`, which needs no key and counts as no request to the API. */
import type { ServerResponse } from "node:http"
import { json } from "./Reply.ts"

export const contractPath = "/openapi.json"

/** Schemas are slow to load, so they are loaded when they are asked for. */
export const answerContract = async (response: ServerResponse): Promise<void> => {
  const { openApi } = await import("./contract/OpenApi.ts")
  const reply = json(200, openApi)
  response.writeHead(reply.status, reply.headers)
  response.end(reply.body)
}
