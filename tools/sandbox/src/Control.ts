/** The sandbox's own endpoints: what is switched on, what has happened, and letting new executions arrive. */
import type { IncomingMessage, ServerResponse } from "node:http"
import { catalogue, type FaultName } from "./Fault.ts"
import { BadFault, type FaultValue, readName, readSetting } from "./FaultSetting.ts"
import { isLoopback } from "./Loopback.ts"
import { json, type Reply } from "./Reply.ts"
import { readBody } from "./RequestBody.ts"
import { statsOf } from "./Stats.ts"
import type { World } from "./World.ts"

export const controlPrefix = "/__sandbox/"

const refuse = (status: number, message: string): Reply => json(status, { error: message })

const shown = (world: World): Reply => json(200, { faults: world.faults.shown(), available: catalogue })

/** Reads all settings before it makes the first of them. */
const setAll = (world: World, body: unknown): Reply => {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return refuse(400, "Send a JSON object.")
  const settings = Object.entries(body).map(([text, value]): [FaultName, FaultValue | null] => {
    const name = readName(text)
    if (value !== null) readSetting(name, value)
    return [name, value as FaultValue | null]
  })
  for (const [name, value] of settings) {
    if (value === null) world.faults.clear(name)
    else world.faults.set(name, value)
  }
  return shown(world)
}

const clear = (world: World, name: string | null): Reply => {
  if (name === null) world.faults.clearAll()
  else world.faults.clear(readName(name))
  return shown(world)
}

const grow = (world: World, body: unknown): Reply => {
  const count = typeof body === "object" && body !== null ? (body as { executions?: unknown }).executions : undefined
  if (typeof count !== "number" || !Number.isSafeInteger(count) || count < 0) {
    return refuse(400, 'Send {"executions": N} with a whole number, 0 or more.')
  }
  return json(200, { executions: world.grow(count) })
}

const controlled = async (world: World, incoming: IncomingMessage): Promise<Reply> => {
  const url = new URL(incoming.url ?? "/", "http://sandbox")
  switch (`${incoming.method} ${url.pathname}`) {
    case "GET /__sandbox/faults":
      return shown(world)
    case "PUT /__sandbox/faults":
      return setAll(world, JSON.parse((await readBody(incoming)) ?? ""))
    case "DELETE /__sandbox/faults":
      return clear(world, url.searchParams.get("name"))
    case "GET /__sandbox/stats":
      return json(200, statsOf(world))
    case "POST /__sandbox/grow":
      return grow(world, JSON.parse((await readBody(incoming)) ?? ""))
    default:
      return refuse(404, "The sandbox has GET, PUT and DELETE faults, GET stats and POST grow.")
  }
}

const mistake = (problem: unknown): Reply => {
  if (problem instanceof BadFault) return refuse(400, problem.message)
  if (problem instanceof SyntaxError) return refuse(400, "The body is not JSON.")
  return refuse(500, String(problem))
}

/** Answers a request to the sandbox itself; only this machine may ask. */
export const control = async (world: World, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
  const near = isLoopback(incoming.socket.remoteAddress ?? "")
  const reply = near
    ? await controlled(world, incoming).catch(mistake)
    : refuse(403, "Only this machine may control the sandbox.")
  response.writeHead(reply.status, { ...reply.headers, "x-request-id": "req_sandbox" })
  response.end(reply.body)
}
