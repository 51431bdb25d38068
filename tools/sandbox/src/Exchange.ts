/** One request to the API from its arrival to the end of its answer. */
import type { IncomingMessage, ServerResponse } from "node:http"
import { admit } from "./Admission.ts"
import { apiError, badRequest } from "./ApiError.ts"
import { type ApiRequest, apiRequest, keyOf, namespaceOf, segmentsOf } from "./ApiRequest.ts"
import { swapped } from "./BodyFault.ts"
import { decideKeepAlive } from "./KeepAliveFault.ts"
import { redirect, refusal } from "./Refusal.ts"
import type { Reply } from "./Reply.ts"
import { readBody } from "./RequestBody.ts"
import { type Route, routeOf } from "./Route.ts"
import { pause, send, type Wire } from "./Wire.ts"
import { deliver } from "./WireFault.ts"
import type { World } from "./World.ts"

interface Exchange {
  readonly world: World
  readonly request: ApiRequest
  readonly incoming: IncomingMessage
  readonly response: ServerResponse
  readonly signal: AbortSignal
  /** How far the server's clock is off for this answer, in milliseconds; undefined when it is right. */
  readonly skew: number | undefined
}

const wireOf = ({ request, response, signal, skew, world }: Exchange, reply: Reply, more: Wire["headers"]): Wire => ({
  response,
  reply,
  signal,
  bytes: Buffer.from(reply.body),
  headers: {
    "x-request-id": request.id,
    ...(skew === undefined ? {} : { date: new Date(world.options.now() + skew).toUTCString() }),
    ...more,
    ...reply.headers,
  },
})

const wait = async ({ request, signal, world }: Exchange): Promise<void> => {
  const ms = world.options.latencyMs + (world.faults.play("latency", request.target)?.number("ms") ?? 0)
  if (ms > 0) await pause(signal, ms)
}

const answer = async (exchange: Exchange, route: Route): Promise<void> => {
  const { incoming, request, response, world } = exchange
  const entry = admit(world, request, exchange.skew ?? 0)
  await wait(exchange)
  decideKeepAlive(world, request, response)
  if (entry.refused !== undefined) return send(wireOf(exchange, entry.refused, entry.headers))
  const clock = world.options.now() + (exchange.skew ?? 0)
  const fault = refusal(world, request, clock) ?? (await redirect(world, request))
  if (fault !== undefined) return send(wireOf(exchange, fault, {}))
  const body = request.method === "POST" ? await readBody(incoming) : ""
  const reply = body === undefined ? badRequest("The body is too long.") : route.answer(world, request, body)
  return deliver(world, request, wireOf(exchange, swapped(world, request, reply), entry.headers))
}

/** Answers when something in the sandbox itself went wrong; a client that left is nothing wrong. */
const recover = (exchange: Exchange, problem: unknown): void => {
  if (exchange.signal.aborted) return
  process.stderr.write(`Mixpeek sandbox: ${problem instanceof Error ? problem.stack : String(problem)}\n`)
  if (exchange.response.headersSent) exchange.response.destroy()
  else send(wireOf(exchange, apiError(500, "InternalServerError", "The sandbox has a bug."), {}))
}

/** Handles a request; `elsewhere` when it came to the second origin. */
export const exchange = (
  world: World,
  elsewhere: boolean,
  incoming: IncomingMessage,
  response: ServerResponse,
): void => {
  const route = routeOf(incoming.method ?? "GET", segmentsOf(incoming.url ?? "/"))
  const number = world.traffic.arrive(route.name)
  const request = apiRequest(incoming, { seed: world.options.seed, number, elsewhere })
  const leaving = new AbortController()
  response.once("close", () => {
    world.traffic.leave(response.headersSent ? response.statusCode : undefined)
    leaving.abort()
  })
  if (elsewhere) {
    world.traffic.arriveElsewhere({ key: keyOf(request) !== undefined, namespace: namespaceOf(request) !== undefined })
  }
  world.options.onRequest(request)
  const seconds = world.faults.play("clock-skew", request.target)?.number("seconds")
  const skew = seconds === undefined ? undefined : seconds * 1000
  const all: Exchange = { world, request, incoming, response, signal: leaving.signal, skew }
  answer(all, route).catch((problem: unknown) => recover(all, problem))
}
