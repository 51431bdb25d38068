/** Takes single values out of JSON text. Each method returns where the value ends, or -1, and leaves it in `value`. */
import { stringEnd, valueEnd } from "./JsonScan.ts"
import { isNull, plainStringEnd } from "./MemberScan.ts"

const OPEN_BRACE = 123

export class TextScan {
  readonly text: string
  /** What was taken last. */
  value: string | null = null

  constructor(text: string) {
    this.text = text
  }

  /** A string, decoded. */
  string(at: number): number {
    const plain = plainStringEnd(this.text, at)
    if (plain !== -1) {
      this.value = this.text.slice(at + 1, plain)
      return plain + 1
    }
    const end = stringEnd(this.text, at)
    if (end !== -1) this.value = JSON.parse(this.text.slice(at, end)) as string
    return end
  }

  /** A string with something in it, decoded. */
  name(at: number): number {
    const end = this.string(at)
    return this.value === "" ? -1 : end
  }

  /** A string, decoded, or null. */
  optionalString(at: number): number {
    return isNull(this.text, at) ? this.nothing(at) : this.string(at)
  }

  /** A string with something in it, decoded, or null. */
  optionalName(at: number): number {
    return isNull(this.text, at) ? this.nothing(at) : this.name(at)
  }

  /** An object as its text, or null. */
  optionalObject(at: number): number {
    if (isNull(this.text, at)) return this.nothing(at)
    if (this.text.charCodeAt(at) !== OPEN_BRACE) return -1
    const end = valueEnd(this.text, at)
    if (end !== -1) this.value = this.text.slice(at, end)
    return end
  }

  private nothing(at: number): number {
    this.value = null
    return at + 4
  }
}
