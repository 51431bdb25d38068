/**
 * Which of a few known names a member has. A server writes the members of its
 * records in one order, so the name that followed last time is tried before
 * any other: one comparison, and its end need not be looked for.
 */
import { ascii, isWord } from "./Ascii.ts"

/** No name that is known. */
export const UNLISTED = -1

export class KnownNames {
  /** Each name as it stands before a value, when there is no white space. */
  private readonly quoted: ReadonlyArray<Uint8Array>
  private readonly names: ReadonlyArray<Uint8Array>
  /** What followed each name when it was seen last; at the end, what came first. */
  private readonly followers: Int8Array
  private last: number

  constructor(names: ReadonlyArray<string>) {
    this.names = names.map(ascii)
    this.quoted = names.map((name) => ascii(`"${name}":`))
    this.followers = Int8Array.from([...names.keys()].map((index) => (index + 1) % names.length).concat(0))
    this.last = names.length
  }

  /** Begins a new object. */
  begin(): void {
    this.last = this.names.length
  }

  /** The index of the name that is expected, when it stands at `at` with its colon; otherwise {@link UNLISTED}. */
  expected(bytes: Uint8Array, at: number): number {
    const name = this.followers[this.last] as number
    if (!isWord(bytes, at, this.quoted[name] as Uint8Array)) return UNLISTED
    this.last = name
    return name
  }

  /** So many bytes stand before the value of a name that was {@link expected}. */
  width(name: number): number {
    return (this.quoted[name] as Uint8Array).length
  }

  /** The index of the name that is bytes[start, end), which is expected at this place from now on. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const name = this.indexOf(bytes, start, end)
    if (name === UNLISTED) return UNLISTED
    this.followers[this.last] = name
    this.last = name
    return name
  }

  private indexOf(bytes: Uint8Array, start: number, end: number): number {
    const { names } = this
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as Uint8Array
      if (name.length === end - start && isWord(bytes, start, name)) return index
    }
    return UNLISTED
  }
}
