/** Words as a shell reads them. */

/** The word as it has to be written so that a shell takes it for one, and for itself. */
export const shellWord = (text: string): string =>
  /^[\w.:~/@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
