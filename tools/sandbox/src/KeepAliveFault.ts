/** The fault `close-keepalive`: a connection that was promised to stay open does not. */
import type { ServerResponse } from "node:http"
import type { Socket } from "node:net"
import type { ApiRequest } from "./ApiRequest.ts"
import type { World } from "./World.ts"

const doomed = new WeakSet<Socket>()

/** Closes the connection instead of answering, when its last response doomed it. */
export const closedOnArrival = (socket: Socket): boolean => {
  if (!doomed.has(socket)) return false
  socket.destroy()
  return true
}

/** Decides whether the connection of this response lives on. */
export const decideKeepAlive = (world: World, request: ApiRequest, response: ServerResponse): void => {
  const playing = world.faults.play("close-keepalive", request.target)
  const { socket } = response
  if (playing === undefined || socket === null) return
  if (playing.text("when") === "next-request") doomed.add(socket)
  else response.once("finish", () => socket.destroySoon())
}
