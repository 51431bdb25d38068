/**
 * Rows as CSV bytes, gathered in memory that is used again. What was read as
 * bytes is copied field by field and never becomes a string: an export spends
 * more on strings that live for a moment than on everything else.
 */
import { type Cell, type Dialect, encodeRow } from "./Csv.ts"
import { contentHash } from "./Fingerprint.ts"

const QUOTE = 34
const COMMA = 44
const CR = 13
const LF = 10
const MARK = [0xef, 0xbb, 0xbf] as const

/** The most bytes that one UTF-16 unit becomes. */
const bytesPerUnit = 3

const encoder = new TextEncoder()

/** The most memory that a buffer keeps for later rows. */
const keptBytes = 4 << 20

/** Rows as bytes of a file, gathered until they are taken. */
export class RowBuffer {
  private bytes: Uint8Array<ArrayBuffer>
  private data: DataView
  /** Bytes written. May be set back to what it was, to forget the rows since. */
  length = 0

  /** `capacity` in bytes is what it starts with; it grows as needed. */
  constructor(capacity = 1 << 16) {
    this.bytes = new Uint8Array(capacity)
    this.data = new DataView(this.bytes.buffer)
  }

  /** Appends one record with its line end. */
  row(cells: ReadonlyArray<Cell>, dialect: Dialect): void {
    this.text(encodeRow(cells, dialect))
  }

  /** Appends text as it is, in UTF-8; half a surrogate pair becomes U+FFFD. */
  text(text: string): void {
    this.reserve(text.length * bytesPerUnit)
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written
  }

  /** The bytes from `from` on, as they lie here: to be read at once. */
  view(from = 0): Uint8Array {
    return this.bytes.subarray(from, this.length)
  }

  /** The bytes from `from` on in 32 bits, for telling two contents of the same thing apart. */
  hash(from: number): number {
    return contentHash(this.data, from, this.length)
  }

  /** Forgets everything, and the memory too when it grew far beyond its beginning. */
  clear(): void {
    this.length = 0
    if (this.bytes.length > keptBytes) {
      this.bytes = new Uint8Array(keptBytes)
      this.data = new DataView(this.bytes.buffer)
    }
  }

  /** Appends a comma. */
  comma(): void {
    this.reserve(1)
    this.bytes[this.length++] = COMMA
  }

  /** Appends a line end. */
  endRow(): void {
    this.reserve(2)
    this.bytes[this.length++] = CR
    this.bytes[this.length++] = LF
  }

  /** Appends source[start, end), which is UTF-8, as one field of the standard dialect. */
  field(source: Uint8Array, start: number, end: number): void {
    this.reserve((end - start) * 2 + 2)
    const marked = source[start] === MARK[0] && source[start + 1] === MARK[1] && source[start + 2] === MARK[2]
    if (start === end || marked || !this.copyBare(source, start, end)) this.copyQuoted(source, start, end)
  }

  /** Appends source[start, end) as it is. */
  copy(source: Uint8Array, start: number, end: number): void {
    this.reserve(end - start)
    const { bytes } = this
    let to = this.length
    for (let at = start; at < end; at++) bytes[to++] = source[at] as number
    this.length = to
  }

  /** Appends a number, a word or anything else that is ASCII and needs no quotes. */
  plain(text: string): void {
    this.reserve(text.length)
    const { bytes } = this
    let to = this.length
    for (let at = 0; at < text.length; at++) bytes[to++] = text.charCodeAt(at)
    this.length = to
  }

  /** Copies a field that needs no quotes; leaves nothing and says so when it needs them. */
  private copyBare(source: Uint8Array, start: number, end: number): boolean {
    const { bytes } = this
    let to = this.length
    for (let at = start; at < end; at++) {
      const code = source[at] as number
      if (code <= COMMA && (code === QUOTE || code === COMMA || code === CR || code === LF)) return false
      bytes[to++] = code
    }
    this.length = to
    return true
  }

  private copyQuoted(source: Uint8Array, start: number, end: number): void {
    const { bytes } = this
    let to = this.length
    bytes[to++] = QUOTE
    for (let at = start; at < end; at++) {
      const code = source[at] as number
      if (code === QUOTE) bytes[to++] = QUOTE
      bytes[to++] = code
    }
    bytes[to++] = QUOTE
    this.length = to
  }

  /** Makes room for `more` bytes: a write past the end of a typed array is lost without a word. */
  private reserve(more: number): void {
    const needed = this.length + more
    if (needed <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
    this.data = new DataView(larger.buffer)
  }
}
