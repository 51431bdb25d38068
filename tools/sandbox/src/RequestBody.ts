/** The body of a request, read whole and only so far. */
import type { IncomingMessage } from "node:http"

const mostBytes = 1_000_000

/** The text of the body; undefined when it is too long. */
export const readBody = async (incoming: IncomingMessage): Promise<string | undefined> => {
  const chunks: Array<Buffer> = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}
