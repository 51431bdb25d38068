/**
 * The faults that the sandbox can play, each with its parameters. A list of
 * words allows those words and starts with the default; a number or a text is
 * itself the default. What each fault does is told in the README.
 */

type Parameter = number | string | ReadonlyArray<string>

export const catalogue = {
  latency: { ms: 250 },
  "clock-skew": { seconds: 3600 },

  "401-midrun": {},
  "403": { type: ["ForbiddenError", "NotEnabledError"] },
  "403-quota": {},
  "404": {},
  "409": {},
  "422-fastapi": {},
  "422-envelope": {},
  "429": {
    hint: ["retry-after", "http-date", "body", "reset", "none", "past-date", "zero", "invalid", "30-days"],
    seconds: 1,
  },
  "500": { type: ["InternalServerError", "ProcessingError", "StorageError", "TimeoutError"] },
  "502": {},
  "503": { seconds: 0 },
  "504": {},
  "520": {},
  "redirect-origin": { to: "" },
  "redirect-same": {},

  "expired-cursor": { age: 0 },
  "cursor-loop": {},
  "cursor-loop-aba": {},
  "page-repeat": {},
  "empty-page": { times: 1 },

  "withheld-records": { every: 10 },
  "reversed-page": {},
  "duplicate-records": { count: 1, from: ["page", "previous-page"] },
  "bad-record": { kind: ["any", "wrong-type", "missing-field", "score", "null"] },
  "huge-metadata": { megabytes: 3 },
  "unknown-fields": {},
  "no-total": {},
  "wrong-total": { by: 7 },
  "null-results": {},
  "end-cursor": { as: ["empty", "absent"] },

  "html-200": {},
  "empty-object-200": {},
  "success-false-200": {},
  gzip: {},
  "gzip-broken": {},
  "gzip-bomb": { megabytes: 64 },

  "stall-headers": { ms: 0 },
  "stall-body": { ms: 0 },
  "reset-headers": {},
  "reset-body": {},
  "truncated-body": { framing: ["length", "chunked"] },
  "wrong-length": { by: -10 },
  "slow-drip": { ms: 20, bytes: 1024 },
  "close-keepalive": { when: ["after", "next-request"] },
} as const satisfies Record<string, Record<string, Parameter>>

export type FaultName = keyof typeof catalogue

export const faultNames = Object.keys(catalogue) as ReadonlyArray<FaultName>

/** The parameters of a fault, as plain data. */
export const parametersOf = (name: FaultName): Readonly<Record<string, Parameter>> => catalogue[name]
