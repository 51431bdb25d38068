/** What this process has told V8 to do otherwise than it does. */
import { setFlagsFromString } from "node:v8"

/** A flag of V8 whose value is a number. */
export interface EngineFlag {
  readonly name: string
  readonly value: number
  /** What it is when nobody sets it. V8 compares values, so that it must be right for {@link withUsualFlags}. */
  readonly usual: number
}

const told = new Map<string, EngineFlag>()

const set = (name: string, value: number): void => setFlagsFromString(`--${name}=${value}`)

/** Sets a flag while the program runs. V8 writes to the standard error when it does not know one. */
export const setFlag = (flag: EngineFlag): void => {
  told.set(flag.name, flag)
  set(flag.name, flag.value)
}

/** Runs it with the flags with which a process begins. */
export const withUsualFlags = (run: () => void): void => {
  for (const { name, usual } of told.values()) set(name, usual)
  run()
  for (const { name, value } of told.values()) set(name, value)
}
