/** The version of this program; the bundler puts it in. */
declare const __VERSION__: string | undefined

export const version: string = typeof __VERSION__ === "string" ? __VERSION__ : "0.1.0-source"
