/** The fast server as a process: `serve.ts EXECUTIONS LATENCY_MS RPM`; one line when it is ready, gone with its parent. */
import type { AddressInfo } from "node:net"
import { fixedServer } from "./FixedServer.ts"
import { Namespace } from "./Namespace.ts"
import { Window } from "./Window.ts"

const [executions = 0, latencyMillis = 0, rpm = 0] = process.argv.slice(2).map(Number)
const server = fixedServer({
  namespace: new Namespace(executions, 1),
  latencyMillis,
  window: rpm === 0 ? null : new Window(rpm),
})
process.stdin.on("close", () => process.exit(0)).resume()
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
