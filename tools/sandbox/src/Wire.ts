/** How a reply goes over the socket when nothing is wrong, and the means to go wrong. */
import type { ServerResponse } from "node:http"
import { setTimeout as timer } from "node:timers/promises"
import type { Reply } from "./Reply.ts"

export interface Wire {
  readonly response: ServerResponse
  readonly headers: Readonly<Record<string, string>>
  readonly reply: Reply
  readonly bytes: Buffer
  /** Aborted when the client or the sandbox leaves. */
  readonly signal: AbortSignal
}

/** The length of the body, which every reply but a chunked one announces. */
export const lengthOf = (bytes: Buffer): Record<string, string> => ({ "content-length": String(bytes.length) })

export const head = (wire: Wire, more: Readonly<Record<string, string>>): void => {
  wire.response.writeHead(wire.reply.status, { ...wire.headers, ...more })
}

export const send = (wire: Wire): void => {
  head(wire, lengthOf(wire.bytes))
  wire.response.end(wire.bytes)
}

/** Writes and comes back when the bytes are with the operating system. */
export const write = (wire: Wire, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    wire.response.write(bytes, (problem) => (problem ? reject(problem) : resolve()))
  })

/** Waits so many milliseconds, or for 0 until the other side leaves. */
export const pause = async (signal: AbortSignal, ms: number): Promise<void> => {
  if (ms > 0) return timer(ms, undefined, { signal })
  return new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason as Error)
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true })
  })
}

/** The first half of the body, at least one byte of it when it has any. */
export const firstHalf = (bytes: Buffer): Buffer => bytes.subarray(0, Math.ceil(bytes.length / 2))
