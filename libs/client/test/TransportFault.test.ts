/** How a broken connection is named. */
import * as HttpClientError from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import { describe, expect, it } from "vitest"
import { BackendFault, badEncoding, tooLarge } from "../src/Exchange.ts"
import { transportFault } from "../src/TransportFault.ts"
import { impatient } from "./Settings.ts"

const request = HttpClientRequest.get("https://api.example.com/")
const faultOf = (cause: unknown) =>
  transportFault(
    new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) }),
    impatient,
    1000,
  )

describe("a code of the backend", () => {
  it.each([
    ["ENOTFOUND", false, { phase: "dns", message: "The host name of the API could not be resolved (ENOTFOUND)." }],
    ["EAI_AGAIN", false, { _tag: "Unreachable", phase: "dns" }],
    ["ECONNREFUSED", false, { phase: "connect", message: "No connection to the API could be made (ECONNREFUSED)." }],
    ["ECONNRESET", false, { phase: "headers", message: "The connection broke before the API answered (ECONNRESET)." }],
    ["ECONNRESET", true, { phase: "body", message: "The connection broke in the middle of the answer (ECONNRESET)." }],
    ["UND_ERR_SOCKET", true, { _tag: "Unreachable", phase: "body" }],
    [badEncoding, true, { _tag: "Unreachable", phase: "body" }],
    ["UND_ERR_CONNECT_TIMEOUT", false, { _tag: "TimedOut", which: "connect", millis: 1000 }],
    ["UND_ERR_HEADERS_TIMEOUT", false, { _tag: "TimedOut", which: "headers", millis: 5000 }],
    ["UND_ERR_BODY_TIMEOUT", true, { _tag: "TimedOut", which: "body", millis: 5000 }],
  ])("%s (answered: %s) is worth another try", (code, answered, reason) => {
    const fault = faultOf(new BackendFault(code, answered ? 200 : null, answered ? "req_1" : null))
    expect(fault.reason).toMatchObject(reason)
    expect(fault).toMatchObject({ retry: true, status: answered ? 200 : null, requestId: answered ? "req_1" : null })
  })

  it.each([
    ["DEPTH_ZERO_SELF_SIGNED_CERT", { _tag: "Unreachable", phase: "tls" }],
    ["CERT_HAS_EXPIRED", { message: "No trusted connection to the API could be made (CERT_HAS_EXPIRED)." }],
    ["ERR_TLS_CERT_ALTNAME_INVALID", { _tag: "Unreachable", phase: "tls" }],
    [tooLarge, { _tag: "BodyTooLarge", limit: 1000 }],
  ])("%s is not", (code, reason) => {
    const fault = faultOf(new BackendFault(code, null, null))
    expect(fault.reason).toMatchObject(reason)
    expect(fault.retry).toBe(false)
  })
})

describe("the error of another backend", () => {
  it("is read by the code of its causes, however deep", () => {
    const inner = Object.assign(new Error("inner"), { code: "ENOTFOUND" })
    const { reason } = faultOf(new TypeError("fetch failed", { cause: new Error("middle", { cause: inner }) }))
    expect(reason).toMatchObject({ phase: "dns", code: "ENOTFOUND" })
  })

  it.each([[null], ["text"], [new Error("no code")], [{ code: "ECONNRESET" }]])(
    "without a usable code has none: %s",
    (cause) => {
      expect(faultOf(cause).reason).toMatchObject({ _tag: "Unreachable", code: "UNKNOWN" })
    },
  )
})
