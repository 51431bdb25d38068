/**
 * Text that is nearly right, from a seed: what a reader must survive, and random text
 * rarely is. For tests of whatever reads text: bodies, journals, manifests, filters, keys.
 */
import { type Dice, dice } from "./Dice.ts"
import { numbers, texts, titles } from "./NastyText.ts"

/** Parts of the languages that are read here, and text that hurts in any of them. */
const pieces: ReadonlyArray<string> = [
  ...Array.from('"\\{}[](),:;=<>!~*/#%&?|.-+ 0123456789eE_\n\r\t\0\u0001\u001b\u007f\u009b\u202e\ufeff\ud800é街🦊'),
  "null",
  "true",
  "false",
  "NaN",
  "__proto__",
  "constructor",
  "\\u0000",
  "\\ud800",
  "\\",
  "..",
  "../",
  "%2e%2e",
  "re:/",
  "$(",
  "''",
  "[[[[",
  "]]]]",
  "{{",
  '{"',
  '":',
  '"}',
  "\u001b[",
  "\u001b]",
  "\u001bP",
  "\u001b[<",
  "\u001b[200~",
  "\u0007",
  "\u001b\\",
  "~ ",
  "--",
  "1e400",
  ...titles,
  ...texts,
  ...numbers,
]

const spliced = (text: string, at: number, cut: number, put: string): string =>
  text.slice(0, at) + put + text.slice(at + cut)

const once = (text: string, roll: Dice): string => {
  const at = roll.below(text.length + 1)
  switch (roll.below(7)) {
    case 0:
      return spliced(text, at, 0, roll.pick(pieces))
    case 1:
      return spliced(text, at, 1 + roll.below(8), roll.pick(pieces))
    case 2:
      return spliced(text, at, 1 + roll.below(200), "")
    case 3:
      return spliced(text, at, 1, String.fromCharCode(roll.below(0x1_0000)))
    case 4:
      return spliced(text, roll.below(text.length + 1), 0, text.slice(at, at + roll.below(100)))
    case 5:
      return spliced(text, at, 0, roll.pick(pieces).repeat(1 + roll.below(2000)))
    default:
      return text.slice(0, at)
  }
}

/** The text with one to four changes, the same ones for the same seed. */
export const mutated = (text: string, seed: number): string => {
  const roll = dice(seed, 0)
  let changed = text
  for (let changes = 1 + roll.below(4); changes > 0; changes--) changed = once(changed, roll)
  return changed
}

/** Text made of nothing but pieces, the same for the same seed. */
export const scrambled = (seed: number, most = 12): string => {
  const roll = dice(seed, 1)
  return Array.from({ length: roll.below(most + 1) }, () => roll.pick(pieces)).join("")
}

type Environment = Readonly<Record<string, string | undefined>>

/** A test that counts what it tried. */
export interface FuzzTest {
  readonly task: { readonly meta: object }
}

/**
 * Does it for one seed after the other, and notes how many; a failure names its seed. `FUZZ_RUNS` and `FUZZ_SEED`
 * say how many and from which; `share` lowers the count for what is slow.
 */
export const eachSeed = ({ task }: FuzzTest, attempt: (seed: number) => void, share = 1): void => {
  const environment = (globalThis as { process?: { env?: Environment } }).process?.env ?? {}
  const first = Number(environment["FUZZ_SEED"] ?? 1) * 1_000_003
  const runs = Math.max(1, Math.round(Number(environment["FUZZ_RUNS"] ?? 150) * share))
  for (let seed = first; seed < first + runs; seed++) {
    try {
      attempt(seed)
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }
  Object.assign(task.meta, { tried: runs })
}
