/** The records that the bench exports: those of a sample, without what the rivals' languages spell differently. */
import { make, type Sample } from "@mixpeek-alerts/domain/Sample"

/** A number that every language reads and writes the same way. */
const isPlain = (value: number): boolean => /^-?\d{1,15}(\.\d{1,10})?$/.test(String(value))

/** `JSON.parse` bends the digits of large numbers, Python refuses half a surrogate pair, jq writes exponents out. */
const plain = (_key: string, value: unknown): unknown => {
  if (typeof value === "number") return isPlain(value) ? value : 12_345
  return typeof value === "string" ? value.toWellFormed() : value
}

const beforeId = '{"execution_id":"exec_'

/** Where the eight digits lie in the bytes of a record that tell it from another made of the same sample. */
export const idAt = beforeId.length

/** How many there are before they repeat under other IDs. */
const variety = 4000

const recordOf = (sample: Sample, index: number): Buffer => {
  const text = JSON.stringify(JSON.parse(sample.json(index)), plain)
  if (!text.startsWith(beforeId)) throw new Error("a record that does not begin with its ID")
  return Buffer.from(text)
}

/** Records of a seed that carry their ID, as bytes; number `n` of a namespace is made of the one at `n % length`. */
export const benchRecords = (seed: number): ReadonlyArray<Buffer> => {
  const sample = make(seed)
  const records: Array<Buffer> = []
  for (let index = 0; records.length < variety; index++) {
    if (sample.hasId(index)) records.push(recordOf(sample, index))
  }
  return records
}

/** The ID of the `index`th execution. */
export const idOf = (index: number): string => `exec_${digitsOf(index)}`

/** The digits in it. */
export const digitsOf = (index: number): string => index.toString(16).padStart(8, "0")

/** The number of an ID's execution. */
export const indexOf = (id: string): number => Number.parseInt(id.slice(5), 16)
