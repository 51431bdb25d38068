/** One read of the API: what to ask for, how to read the answer, and the request that it becomes. */
import type { Malformed } from "@mixpeek-alerts/domain"
import { Redacted, type Result } from "effect"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type { MixpeekConfig } from "./MixpeekConfig.ts"

/** A read of the API: what to ask for, and how to read the answer. */
export interface ApiCall<A> {
  readonly method: "GET" | "POST"
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** JSON text, for the list POST, which is a read. */
  readonly body: string | null
  /** Reads the body of a 200, which is UTF-8 and does not change. */
  readonly decode: (body: Uint8Array) => Result.Result<A, Malformed>
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })

/** A body as text; what is not UTF-8 becomes U+FFFD. */
export const textOf = (body: Uint8Array): string => decoder.decode(body)

/** The URL of a call; its path differs from the call's when a name in it cannot be part of a path, as `..`. */
export const urlOf = (base: URL, call: ApiCall<unknown>): URL => {
  const url = new URL(base)
  url.pathname = base.pathname.replace(/\/$/, "") + call.path
  url.search = new URLSearchParams(call.query).toString()
  return url
}

/** The headers of every request, which hold the key: they must not be kept in an error. */
export const headersOf = ({ apiKey, namespace, userAgent }: MixpeekConfig): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${Redacted.value(apiKey)}`,
  accept: "application/json",
  "accept-encoding": "gzip",
  "user-agent": userAgent,
  ...(namespace === null ? {} : { "x-namespace": namespace }),
})

/** The request of a call to `url`, which holds the key: it must not be kept in an error. */
export const requestOf = (
  config: MixpeekConfig,
  call: ApiCall<unknown>,
  url: URL,
): HttpClientRequest.HttpClientRequest => {
  const request = HttpClientRequest.make(call.method)(url.href, { headers: headersOf(config) })
  return call.body === null ? request : HttpClientRequest.bodyText(request, call.body, "application/json")
}

/** A path that no URL parser changes: no segment is empty or only dots, and nothing in it is escaped. */
const ordinary = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)+$/

/** Whether the names in a call can travel in a URL: `.`, `..` and nothing would ask for something else. */
export const canTravel = (base: URL, call: ApiCall<unknown>): boolean =>
  ordinary.test(call.path) ||
  (urlOf(base, call).pathname === base.pathname.replace(/\/$/, "") + call.path && !call.path.includes("//"))
