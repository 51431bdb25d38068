/** Data on a terminal, with every character that a terminal would obey written as its escape. */

// Controls but for tab, line feed and carriage return; C1; marks that turn the direction of text.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const obeyed = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Inside JSON the result means the same as before. */
export const visible = (text: string): string =>
  text.replace(obeyed, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
