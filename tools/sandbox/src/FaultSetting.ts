/** How often a fault plays and with what parameters, read from what a flag, a request or a test says. */
import { type FaultName, faultNames, parametersOf } from "./Fault.ts"

export type ParameterValue = number | string

/** The parts of a setting that every fault has; the rest are the parameters of the one fault. */
export interface FaultFields {
  /** A probability from 0 to 1. */
  readonly rate?: number
  /** The next so many matching requests, then no more. */
  readonly next?: number
  /** How many matching requests pass before it begins. */
  readonly after?: number
  /** Only requests whose path and query contain this text. */
  readonly path?: string
  readonly [parameter: string]: ParameterValue | undefined
}

/** `0.05`, `"0.05"`, `"next:3"`, `"next:3,hint=none"`, or an object. */
export type FaultValue = number | string | FaultFields

export interface FaultSetting {
  readonly rate: number
  readonly next: number | undefined
  readonly after: number
  readonly path: string
  readonly parameters: Readonly<Record<string, ParameterValue>>
}

/** A fault value that makes no sense; the message says which and why. */
export class BadFault extends Error {}

export const readName = (text: string): FaultName => {
  const name = faultNames.find((one) => one === text)
  if (name === undefined) throw new BadFault(`There is no fault ${JSON.stringify(text)}.`)
  return name
}

const numeric = (text: string): ParameterValue => (text !== "" && Number.isFinite(Number(text)) ? Number(text) : text)

/** Reads `0.05`, `next:3` and `key=value`, joined by commas. */
const fieldsOfText = (name: string, text: string): FaultFields => {
  if (text.startsWith("{")) return JSON.parse(text) as FaultFields
  const fields: Record<string, ParameterValue> = {}
  for (const part of text.split(",")) {
    const equals = part.indexOf("=")
    if (equals > 0) fields[part.slice(0, equals)] = numeric(part.slice(equals + 1))
    else if (part.startsWith("next:")) fields["next"] = numeric(part.slice("next:".length))
    else fields["rate"] = numeric(part)
  }
  if (text === "") throw new BadFault(`The fault ${name} has no value.`)
  return fields
}

const fieldsOf = (name: string, value: unknown): FaultFields => {
  if (typeof value === "number") return { rate: value }
  if (typeof value === "string") {
    try {
      return fieldsOfText(name, value)
    } catch (cause) {
      if (cause instanceof SyntaxError) throw new BadFault(`The value of the fault ${name} is not JSON.`)
      throw cause
    }
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as FaultFields
  throw new BadFault(`The value of the fault ${name} is neither a number, nor text, nor an object.`)
}

const count = (name: string, field: string, value: unknown): number => {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value
  throw new BadFault(`The fault ${name} needs a whole number for ${field}, 0 or more.`)
}

const probability = (name: string, value: unknown): number => {
  if (typeof value === "number" && value >= 0 && value <= 1) return value
  throw new BadFault(`The fault ${name} needs a probability from 0 to 1, or next:N.`)
}

const readParameter = (fault: FaultName, key: string, given: unknown): ParameterValue => {
  const known = Object.hasOwn(parametersOf(fault), key) ? parametersOf(fault)[key] : undefined
  if (known === undefined) throw new BadFault(`The fault ${fault} has no parameter ${JSON.stringify(key)}.`)
  if (typeof known === "number") {
    if (typeof given === "number" && Number.isFinite(given)) return given
    throw new BadFault(`The fault ${fault} needs a number for ${key}.`)
  }
  const text = String(given)
  if (typeof known === "string" || known.includes(text)) return text
  throw new BadFault(`The fault ${fault} needs one of ${known.join(", ")} for ${key}.`)
}

const defaultsOf = (fault: FaultName): Record<string, ParameterValue> =>
  Object.fromEntries(
    Object.entries(parametersOf(fault)).map(([key, known]) => [
      key,
      typeof known === "object" ? (known[0] ?? "") : known,
    ]),
  )

/** Reads a value; throws {@link BadFault}. Without `rate` and `next` a fault plays every time. */
export const readSetting = (fault: FaultName, value: unknown): FaultSetting => {
  const { after, next, path, rate, ...rest } = fieldsOf(fault, value)
  const parameters = defaultsOf(fault)
  for (const [key, given] of Object.entries(rest)) parameters[key] = readParameter(fault, key, given)
  return {
    rate: rate === undefined ? 1 : probability(fault, rate),
    next: next === undefined ? undefined : count(fault, "next", next),
    after: after === undefined ? 0 : count(fault, "after", after),
    path: path === undefined ? "" : String(path),
    parameters,
  }
}
