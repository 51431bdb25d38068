/** JSON text on one line: every token as it was sent, only the space between them taken out. */

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|\s+/gs

/** Text without a line break is left as it is. */
export const oneLine = (json: string): string =>
  /[\r\n]/.test(json) ? json.replace(tokens, (token) => (token.startsWith('"') ? token : "")) : json
