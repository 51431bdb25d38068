/** A real Redis, and what can be said to it. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { connect, createServer } from "node:net"
import { until } from "./Reporter.ts"

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Sends lines as a person would type them, and gives what comes back first. */
export const say = async (port: number, ...lines: ReadonlyArray<string>): Promise<string> => {
  const socket = connect(port, "127.0.0.1")
  try {
    await once(socket, "connect")
    socket.write(lines.map((line) => `${line}\r\n`).join(""))
    return String((await once(socket, "data"))[0])
  } finally {
    socket.destroy()
  }
}

export const startRedis = async (port: number, ...flags: ReadonlyArray<string>) => {
  const quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--port", String(port)]
  const child = spawn("redis-server", [...quiet, ...flags], { stdio: "ignore" })
  const answers = () =>
    say(port, "PING").then(
      (text) => /PONG|NOAUTH/.test(text),
      () => false,
    )
  await until(answers, "Redis answers")
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL")
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
    },
  }
}
