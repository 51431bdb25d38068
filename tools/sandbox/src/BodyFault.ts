/** The faults that put another body under status 200, or pack the body differently. */
import { gzipSync } from "node:zlib"
import { apiError } from "./ApiError.ts"
import type { ApiRequest } from "./ApiRequest.ts"
import { html, json, type Reply } from "./Reply.ts"
import type { World } from "./World.ts"

const instead = (world: World, request: ApiRequest): Reply | undefined => {
  const { play } = world.faults
  if (play("html-200", request.target)) return html(200, "Sign in to the network")
  if (play("empty-object-200", request.target)) return json(200, {})
  if (play("success-false-200", request.target) === undefined) return undefined
  return { ...apiError(500, "InternalServerError", "Something went wrong."), status: 200 }
}

const packed = (reply: Reply, body: Buffer): Reply => ({
  ...reply,
  headers: { ...reply.headers, "content-encoding": "gzip", vary: "accept-encoding" },
  body,
})

/** Valid up to the middle, where one byte is turned over. */
const broken = (body: string | Buffer): Buffer => {
  const bytes = gzipSync(body)
  const middle = Math.max(12, bytes.length >> 1)
  for (let at = middle; at < Math.min(middle + 8, bytes.length); at++) bytes[at] = (bytes[at] ?? 0) ^ 0xff
  return bytes
}

const accepts = (request: ApiRequest): boolean => {
  const accepted = request.headers["accept-encoding"]
  return typeof accepted === "string" && /\b(?:gzip|\*)(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted)
}

/** The reply with whatever faults play; only a 200 has something to spoil. */
export const swapped = (world: World, request: ApiRequest, reply: Reply): Reply => {
  if (reply.status !== 200) return reply
  const other = instead(world, request) ?? reply
  if (world.faults.play("gzip-broken", request.target)) return packed(other, broken(other.body))
  if (accepts(request) && world.faults.play("gzip", request.target)) return packed(other, gzipSync(other.body))
  return other
}
