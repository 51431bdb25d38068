/**
 * Standard output as Ink sees it. Ink lays a frame out and writes all of it; what goes to the terminal is what differs from
 * the frame before. Ink's own way of sending less compares lines, goes on from wherever it left the cursor, and so has to
 * be right about every width and size since the beginning.
 */
import { frameDiff, wholeFrame } from "./FrameDiff.ts"

// Of what Ink writes, a frame begins with text or with a style; what begins otherwise erases what Ink believes is there.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const movesCursor = /^\u001b(?!\[[\d;]*m)/

type Listener = (...args: ReadonlyArray<unknown>) => void

export class FrameStream {
  readonly isTTY = true
  readonly writable = true
  private readonly target: NodeJS.WriteStream
  private shown: ReadonlyArray<string> | null = null
  private latest: ReadonlyArray<string> = []
  private held = false

  constructor(target: NodeJS.WriteStream) {
    this.target = target
  }

  get columns(): number {
    return this.target.columns || 80
  }

  get rows(): number {
    return this.target.rows || 24
  }

  /** A frame, or a switch of the terminal's own such as bracketed paste, which passes. */
  write(text: string, ...rest: ReadonlyArray<unknown>): boolean {
    if (text.startsWith("\u001b[?")) this.target.write(text)
    else if (text.trim() !== "" && !movesCursor.test(text)) this.show(text.split("\n").slice(0, this.rows))
    const done = rest.at(-1)
    if (typeof done === "function") queueMicrotask(() => (done as () => void)())
    return true
  }

  /** A frame by its rows. */
  paint(frame: ReadonlyArray<string>): void {
    this.show(frame.slice(0, this.rows))
  }

  /** Draws everything again: something else may have written to the terminal, or its size is another. */
  repaint(): void {
    this.forget()
    this.show(this.latest)
  }

  /** What comes next is drawn as a whole. */
  forget(): void {
    this.shown = null
  }

  /** Draws nothing until {@link goOn}: somebody else has the terminal. */
  hold(): void {
    this.held = true
  }

  /** Draws what is to be seen by now. */
  goOn(): void {
    this.held = false
    this.repaint()
  }

  on(event: string, listener: Listener): this {
    this.target.on(event, listener)
    return this
  }

  off(event: string, listener: Listener): this {
    this.target.off(event, listener)
    return this
  }

  private show(frame: ReadonlyArray<string>): void {
    this.latest = frame
    if (this.held) return
    const bytes = this.shown === null ? wholeFrame(frame, this.rows) : frameDiff(this.shown, frame)
    this.shown = frame
    if (bytes !== "") this.target.write(bytes)
  }
}
