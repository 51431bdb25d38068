/**
 * Standard input without what terminals say on their own: replies to queries,
 * mouse and focus reports. Ink would take some of them for typed text. A
 * sequence that arrives in two pieces is held back until it is whole, but not
 * for long: Alt-] and Alt-P begin like one, and the keys behind them count.
 */
import { Transform, type TransformCallback } from "node:stream"

// OSC and DCS replies; SGR mouse, focus.
const chatter =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /\u001b\][^\u0000-\u001f]*(?:\u0007|\u001b\\)|\u001bP[^\u0000-\u001f]*\u001b\\|\u001b\[<[\d;]*[Mm]|\u001b\[[IO]/g
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unfinished = /\u001b(?:\][^\u0000-\u001f]*\u001b?|P[^\u0000-\u001f]*\u001b?|\[<[\d;]*)$/

/** A reply is short; more than this is not one, and is let through. */
const longest = 4096

/** The rest of a reply comes sooner, in milliseconds. */
const patience = 300

export class StdinFilter extends Transform {
  readonly isTTY = true
  private readonly source: NodeJS.ReadStream
  private readonly onFocus: (focused: boolean) => void
  private held = ""
  private waiting: NodeJS.Timeout | undefined = undefined

  /** `onFocus` is called whenever the terminal says that its window has got or lost the focus. */
  constructor(source: NodeJS.ReadStream, onFocus: (focused: boolean) => void = () => {}) {
    super({ encoding: "utf8", decodeStrings: false })
    this.source = source
    this.onFocus = onFocus
    source.setEncoding("utf8")
    source.pipe(this)
  }

  override _transform(chunk: string | Buffer, _: BufferEncoding, done: TransformCallback): void {
    const text = (this.held + chunk.toString()).replace(chatter, (said) => {
      if (said === "\u001b[I" || said === "\u001b[O") this.onFocus(said === "\u001b[I")
      return ""
    })
    const tail = unfinished.exec(text)?.[0] ?? ""
    this.held = tail.length > longest ? "" : tail
    clearTimeout(this.waiting)
    if (this.held !== "") this.waiting = setTimeout(() => this.giveUp(), patience)
    done(null, text.slice(0, text.length - this.held.length))
  }

  override _flush(done: TransformCallback): void {
    clearTimeout(this.waiting)
    done(null, this.held)
  }

  /** No end came: these were keys. */
  private giveUp(): void {
    const { held } = this
    this.held = ""
    this.push(held)
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

  /** Reads nothing until {@link goOn}: what is typed is for somebody else. */
  hold(): void {
    clearTimeout(this.waiting)
    this.source.unpipe(this)
    this.source.pause()
  }

  goOn(): void {
    this.source.pipe(this)
  }

  /** Stops reading, so that the process can end. */
  release(): void {
    this.hold()
    this.source.unref()
  }
}
