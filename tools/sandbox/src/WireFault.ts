/** The faults of the socket: silence, resets, bodies cut short, wrong lengths, drips and bombs. */
import { once } from "node:events"
import { createGzip } from "node:zlib"
import type { ApiRequest } from "./ApiRequest.ts"
import type { FaultName } from "./Fault.ts"
import type { Playing } from "./FaultBoard.ts"
import { firstHalf, head, lengthOf, pause, send, type Wire, write } from "./Wire.ts"
import type { World } from "./World.ts"

type Misdeliver = (wire: Wire, playing: Playing) => Promise<void>

/** Time for the bytes before a reset to arrive, since a reset throws away what is under way. */
const arrivalMillis = 10

const stallHeaders: Misdeliver = async (wire, playing) => {
  await pause(wire.signal, playing.number("ms"))
  send(wire)
}

const stallBody: Misdeliver = async (wire, playing) => {
  const half = firstHalf(wire.bytes)
  head(wire, lengthOf(wire.bytes))
  await write(wire, half)
  await pause(wire.signal, playing.number("ms"))
  wire.response.end(wire.bytes.subarray(half.length))
}

const resetHeaders: Misdeliver = async (wire) => {
  wire.response.socket?.resetAndDestroy()
}

const resetBody: Misdeliver = async (wire) => {
  head(wire, lengthOf(wire.bytes))
  await write(wire, firstHalf(wire.bytes))
  await pause(wire.signal, arrivalMillis)
  wire.response.socket?.resetAndDestroy()
}

const truncatedBody: Misdeliver = async (wire, playing) => {
  head(wire, playing.text("framing") === "chunked" ? { "transfer-encoding": "chunked" } : lengthOf(wire.bytes))
  await write(wire, firstHalf(wire.bytes))
  wire.response.socket?.destroySoon()
}

const wrongLength: Misdeliver = async (wire, playing) => {
  head(wire, { "content-length": String(Math.max(0, wire.bytes.length + playing.number("by"))) })
  wire.response.end(wire.bytes)
}

const slowDrip: Misdeliver = async (wire, playing) => {
  const size = Math.max(1, playing.number("bytes"))
  head(wire, lengthOf(wire.bytes))
  for (let at = 0; at < wire.bytes.length; at += size) {
    if (at > 0) await pause(wire.signal, Math.max(1, playing.number("ms")))
    await write(wire, wire.bytes.subarray(at, at + size))
  }
  wire.response.end()
}

/** Spaces in front of the true body: valid JSON, if someone is ready to unpack it all. */
const gzipBomb: Misdeliver = async (wire, playing) => {
  const { "content-encoding": _, ...headers } = wire.headers
  wire.response.writeHead(wire.reply.status, { ...headers, "content-encoding": "gzip" })
  const gzip = createGzip()
  gzip.pipe(wire.response)
  wire.signal.addEventListener("abort", () => gzip.destroy(), { once: true })
  const spaces = Buffer.alloc(1_000_000, " ")
  for (let left = playing.number("megabytes"); left > 0; left--) {
    if (!gzip.write(spaces)) await once(gzip, "drain", { signal: wire.signal })
  }
  gzip.end(wire.bytes)
}

const misdeliveries: ReadonlyArray<readonly [FaultName, Misdeliver]> = [
  ["stall-headers", stallHeaders],
  ["reset-headers", resetHeaders],
  ["stall-body", stallBody],
  ["reset-body", resetBody],
  ["truncated-body", truncatedBody],
  ["wrong-length", wrongLength],
  ["slow-drip", slowDrip],
  ["gzip-bomb", gzipBomb],
]

/** Sends the reply; when one of the faults plays, badly. */
export const deliver = async (world: World, request: ApiRequest, wire: Wire): Promise<void> => {
  for (const [name, misdeliver] of misdeliveries) {
    const playing = world.faults.play(name, request.target)
    if (playing !== undefined) return misdeliver(wire, playing)
  }
  send(wire)
}
