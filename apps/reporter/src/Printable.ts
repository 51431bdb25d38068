/** Text of a server, made safe to be shown. */

// Controls, direction marks, invisible formats and halves of characters: what a terminal would obey, or hide.
const unprintable = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/gu

const escaped = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`).join("")

/**
 * Text that may hold what a server sent, for a terminal or a log: it keeps its lines, and what a terminal would obey is
 * spelled out. JSON stays the same JSON.
 */
export const printable = (text: string): string => text.replace(unprintable, escaped)
