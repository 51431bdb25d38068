/** What V8 has compiled of this program. In the bundle, what starts it keeps that for the next start. */

declare const keepCode: (() => void) | undefined

/** Keeps it as it is now; once, and where nothing was kept lately. V8 must have the flags again that it started with. */
export const keepCompiled = (): void => {
  if (typeof keepCode === "function") keepCode()
}
