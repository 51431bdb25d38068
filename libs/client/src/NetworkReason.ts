/** Reasons why no whole answer arrived. */
import { Schema } from "effect"

const Millis = Schema.Finite
const Text = Schema.String

/** How far a request came before the connection broke. */
export const Phase = Schema.Literals(["dns", "connect", "tls", "headers", "body"])
export type Phase = typeof Phase.Type

/** The network failed, after the retries. */
export class Unreachable extends Schema.TaggedError<Unreachable>()("Unreachable", { phase: Phase, code: Text }) {
  override get message(): string {
    const what = {
      dns: "The host name of the API could not be resolved",
      connect: "No connection to the API could be made",
      tls: "No trusted connection to the API could be made",
      headers: "The connection broke before the API answered",
      body: "The connection broke in the middle of the answer",
    }
    return `${what[this.phase]} (${this.code}).`
  }
  get hint(): string {
    return this.phase === "tls"
      ? "Check the clock and the certificates; a private CA goes into NODE_EXTRA_CA_CERTS."
      : "Check the network, MIXPEEK_BASE_URL and the proxy variables (HTTPS_PROXY, NO_PROXY)."
  }
}

/** Which of the time limits ran out. */
export const TimeLimit = Schema.Literals(["connect", "headers", "body", "attempt", "total"])
export type TimeLimit = typeof TimeLimit.Type

/** A time limit ran out, after the retries. */
export class TimedOut extends Schema.TaggedError<TimedOut>()("TimedOut", { which: TimeLimit, millis: Millis }) {
  override get message(): string {
    return `The API took too long (${this.which} limit of ${this.millis / 1000} s).`
  }
  get hint(): string {
    return "Try again later, or allow more time with --timeout."
  }
}
