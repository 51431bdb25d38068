/** What the sandbox answers, before it goes over the wire. */

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

const jsonType = { "content-type": "application/json" }

/** A reply whose body is JSON text already. */
export const jsonText = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { ...jsonType, ...headers },
  body,
})

export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply =>
  jsonText(status, JSON.stringify(body), headers)

export const html = (status: number, title: string): Reply => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
})
