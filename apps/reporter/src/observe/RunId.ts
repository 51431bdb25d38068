/** The name of this run of the program: on every line of its JSON log, in its pings and spans, and in the manifest. */
import { randomUUID } from "node:crypto"

export const runId: string = randomUUID()
