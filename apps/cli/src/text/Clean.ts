/**
 * Text from outside made safe to print: no escape sequences, no control or
 * direction characters, and only clusters that every terminal draws equally
 * wide. For showing only; what is copied or exported stays as it was sent.
 */

// Escape sequences first, whole, so that their parameters do not stay behind as text:
// CSI, then the string kinds (OSC, DCS, SOS, PM, APC) with their end, then any other two-character one.
const sequences =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c|$)|\u001b[ -/]*[0-~]?/g

const spaces = /[\t\n\v\f\r\u0085\u2028\u2029]+/g

// Everything of category C (controls, bidi formats, private use, unassigned, lone surrogates), and everything
// that is drawn as nothing, which a terminal may or may not give a cell of its own.
const unseen = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu

// What terminals disagree on: joined and coloured people, keycaps.
const joined =
  /(\p{Extended_Pictographic})(?:\p{Variation_Selector}|\p{Emoji_Modifier}|\u20e3|\u200d\p{Extended_Pictographic})+/gu
const leftovers = /\p{Emoji_Modifier}|\u20e3/gu

/** One line of printable text. */
export const clean = (text: string): string => {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  return text
    .slice(0, longest)
    .normalize("NFC")
    .replace(sequences, "")
    .replace(spaces, " ")
    .replace(joined, "$1")
    .replace(leftovers, "")
    .replace(unseen, "")
}

/** No line of a terminal is longer; keeps a value of ten megabytes from being normalised for nothing. */
const longest = 4096

/** Cleans text and keeps its lines. */
export const cleanLines = (text: string): ReadonlyArray<string> => text.split(/\r\n|\r|\n/).map(clean)
