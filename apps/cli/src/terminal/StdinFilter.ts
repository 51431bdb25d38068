/**
 * Standard input without what terminals say on their own: replies to queries,
 * mouse and focus reports. Ink would take some of them for typed text. A
 * sequence that arrives in two pieces is held back until it is whole.
 */
import { Transform, type TransformCallback } from "node:stream"

// OSC and DCS replies; SGR mouse, focus.
const chatter =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001bP[^\u001b]*\u001b\\|\u001b\[<[\d;]*[Mm]|\u001b\[[IO]/g
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unfinished = /\u001b(?:\][^\u0007\u001b]*\u001b?|P[^\u001b]*\u001b?|\[<[\d;]*)$/

/** A reply is short; more than this is not one, and is let through. */
const longest = 4096

export class StdinFilter extends Transform {
  readonly isTTY = true
  private readonly source: NodeJS.ReadStream
  private held = ""

  constructor(source: NodeJS.ReadStream) {
    super({ encoding: "utf8", decodeStrings: false })
    this.source = source
    source.setEncoding("utf8")
    source.pipe(this)
  }

  override _transform(chunk: string | Buffer, _: BufferEncoding, done: TransformCallback): void {
    const text = (this.held + chunk.toString()).replace(chatter, "")
    const tail = unfinished.exec(text)?.[0] ?? ""
    this.held = tail.length > longest ? "" : tail
    done(null, text.slice(0, text.length - this.held.length))
  }

  setRawMode(on: boolean): this {
    this.source.setRawMode(on)
    return this
  }

  ref(): this {
    this.source.ref()
    return this
  }

  unref(): this {
    this.source.unref()
    return this
  }

  /** Stops reading, so that the process can end. */
  release(): void {
    this.source.unpipe(this)
    this.source.pause()
    this.source.unref()
  }
}
