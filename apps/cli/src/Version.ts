/** The version of this program: written in by the bundler. */

declare const __VERSION__: string | undefined

export const version: string = typeof __VERSION__ === "string" ? __VERSION__ : "0.0.0"
