/** The characters of JSON, as bytes. */

export const QUOTE = 34
export const COMMA = 44
export const MINUS = 45
export const POINT = 46
export const ZERO = 48
export const NINE = 57
export const COLON = 58
export const OPEN_BRACKET = 91
export const BACKSLASH = 92
export const CLOSE_BRACKET = 93
export const OPEN_BRACE = 123
export const CLOSE_BRACE = 125

/** ASCII text as bytes, to look for. */
export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

export const words = { null: ascii("null"), true: ascii("true"), false: ascii("false") }

/** Whether `word` stands at `from`. */
export const isWord = (bytes: Uint8Array, from: number, word: Uint8Array): boolean => {
  for (let index = 0; index < word.length; index++) if (bytes[from + index] !== word[index]) return false
  return true
}
