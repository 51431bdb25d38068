/** Whether an answer leads elsewhere, and whether to go there. */
import { UnexpectedStatus } from "./Reason.ts"
import { type Failure, requestIdOf } from "./ResponseFault.ts"
import type { HeaderMap } from "./RetryHint.ts"

const maxRedirects = 5

const refused = (status: number, detail: string, headers: HeaderMap): Failure => ({
  reason: new UnexpectedStatus({ status, detail }),
  retry: false,
  hintMillis: null,
  status,
  type: null,
  requestId: requestIdOf(headers),
})

/** Whether a status may lead elsewhere. */
export const leadsOn = (status: number): boolean => status >= 301 && status <= 308

/**
 * Where an answer to a request of `from` leads, the `redirects`th of its call;
 * a failure when that is too far; `null` when it leads nowhere. The headers that go there hold the key.
 */
export const follow = (status: number, headers: HeaderMap, from: URL, redirects: number): URL | Failure | null => {
  const location = headers["location"]
  if (!leadsOn(status) || location === undefined) return null
  const target = URL.parse(location, from.href)
  if (target === null) return null
  if (target.origin !== from.origin) return refused(status, "a redirect to another host was refused", headers)
  return redirects > maxRedirects ? refused(status, "too many redirects", headers) : target
}
