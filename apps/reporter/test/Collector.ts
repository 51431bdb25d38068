import { once } from "node:events"
import { createServer } from "node:http"

/** Takes whatever is sent to it, and keeps it. */
export const startCollector = async () => {
  let text = ""
  const sink = createServer((request, response) => {
    request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk))
    request.on("end", () => response.end("{}"))
  }).listen(0, "127.0.0.1")
  await once(sink, "listening")
  return {
    url: `http://127.0.0.1:${(sink.address() as { port: number }).port}`,
    heard: () => text,
    [Symbol.asyncDispose]: async () => {
      sink.closeAllConnections()
      await new Promise((resolve) => sink.close(resolve))
    },
  }
}
