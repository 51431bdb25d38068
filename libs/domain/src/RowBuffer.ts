/**
 * Rows as CSV bytes, written one after the other into memory that is used again:
 * what {@link Csv.encodeRow} gives as text, without making the text. An export
 * spends more on strings that live for a moment than on everything else.
 */
import { type Cell, type Dialect, encodeCell } from "./Csv.ts"

const QUOTE = 34
const COMMA = 44
const CR = 13
const LF = 10
const MARK = [0xef, 0xbb, 0xbf] as const

/** The most bytes that one UTF-16 unit becomes, its quote doubled or its code point encoded. */
const bytesPerUnit = 3

/** The most memory that a buffer keeps for later rows. */
const keptBytes = 4 << 20

/** Rows as bytes of a file, gathered until they are taken. */
export class RowBuffer {
  private bytes: Uint8Array<ArrayBuffer>
  /** Bytes written. May be set back to what it was, to forget the rows since. */
  length = 0

  /** `capacity` in bytes is what it starts with; it grows as needed. */
  constructor(capacity = 1 << 16) {
    this.bytes = new Uint8Array(capacity)
  }

  /** Appends one record with its line end, as `Csv.encodeRow` writes it. */
  row(cells: ReadonlyArray<Cell>, dialect: Dialect): void {
    const start = this.length
    for (let index = 0; index < cells.length; index++) {
      if (index > 0) this.comma()
      this.cell(cells[index] as Cell, dialect)
    }
    if (this.length === start) this.plain('""')
    this.endRow()
  }

  /** Appends text as it is, in UTF-8; half a surrogate pair becomes U+FFFD. */
  text(text: string): void {
    this.reserve(text.length * bytesPerUnit)
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code < 128) this.bytes[this.length++] = code
      else at = this.codePoint(text, at)
    }
  }

  /** The bytes from `from` on, as they lie here: to be read at once. */
  view(from = 0): Uint8Array {
    return this.bytes.subarray(from, this.length)
  }

  /** Forgets everything, and the memory too when it grew far beyond its beginning. */
  clear(): void {
    this.length = 0
    if (this.bytes.length > keptBytes) this.bytes = new Uint8Array(keptBytes)
  }

  /** Appends a comma. */
  comma(): void {
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
    this.reserve((end - start) * 2 + 3)
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

  /** Appends one field. */
  cell(cell: Cell, dialect: Dialect): void {
    if (cell === null) return this.reserve(1)
    if (typeof cell !== "string") return this.plain(String(cell))
    if (dialect.guardFormulas) return this.text(encodeCell(cell, dialect))
    this.reserve(cell.length * bytesPerUnit + 3)
    if (cell === "" || cell.charCodeAt(0) === 0xfeff || !this.bare(cell)) this.quoted(cell)
  }

  private copyBare(source: Uint8Array, start: number, end: number): boolean {
    const { bytes } = this
    let to = this.length
    for (let at = start; at < end; at++) {
      const code = source[at] as number
      if (code === QUOTE || code === COMMA || code === CR || code === LF) return false
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

  /** Writes a field that needs no quotes; writes nothing and says so when it needs them. */
  private bare(text: string): boolean {
    const { bytes, length } = this
    let to = length
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === QUOTE || code === COMMA || code === CR || code === LF) {
        this.length = length
        return false
      }
      if (code < 128) bytes[to++] = code
      else {
        this.length = to
        at = this.codePoint(text, at)
        to = this.length
      }
    }
    this.length = to
    return true
  }

  private quoted(text: string): void {
    const { bytes } = this
    let to = this.length
    bytes[to++] = QUOTE
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === QUOTE) {
        bytes[to++] = QUOTE
        bytes[to++] = QUOTE
      } else if (code < 128) bytes[to++] = code
      else {
        this.length = to
        at = this.codePoint(text, at)
        to = this.length
      }
    }
    bytes[to++] = QUOTE
    this.length = to
  }

  /** Encodes the code point at `at`; returns the index of its last unit. */
  private codePoint(text: string, at: number): number {
    const { bytes } = this
    let code = text.codePointAt(at) as number
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd
    if (code < 0x800) bytes[this.length++] = 0xc0 | (code >> 6)
    else {
      if (code < 0x1_0000) bytes[this.length++] = 0xe0 | (code >> 12)
      else {
        bytes[this.length++] = 0xf0 | (code >> 18)
        bytes[this.length++] = 0x80 | ((code >> 12) & 63)
      }
      bytes[this.length++] = 0x80 | ((code >> 6) & 63)
    }
    bytes[this.length++] = 0x80 | (code & 63)
    return code < 0x1_0000 ? at : at + 1
  }

  /** Makes room for `more` bytes and a separator. */
  private reserve(more: number): void {
    const needed = this.length + more + 1
    if (needed <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }
}
