/** Which faults are switched on, and whether one of them plays now. */
import { type Draw, sequence } from "./Draw.ts"
import type { FaultName } from "./Fault.ts"
import { type FaultSetting, type FaultValue, type ParameterValue, readSetting } from "./FaultSetting.ts"

/** One playing of a fault: its parameters, and its own sequence for what it decides at random. */
export interface Playing {
  readonly number: (parameter: string) => number
  readonly text: (parameter: string) => string
  readonly draw: Draw
}

interface Switch {
  readonly setting: FaultSetting
  readonly draw: Draw
  matched: number
  fired: number
}

/** A fault that is switched on, as the control endpoint shows it. */
export interface ShownFault {
  readonly rate: number
  readonly next?: number
  readonly after: number
  readonly path: string
  readonly fired: number
  readonly [parameter: string]: ParameterValue | undefined
}

export interface FaultBoard {
  readonly set: (name: FaultName, value: FaultValue) => void
  readonly clear: (name: FaultName) => void
  readonly clearAll: () => void
  /** What to play for a request that the fault can touch; undefined when the fault rests. */
  readonly play: (name: FaultName, target: string) => Playing | undefined
  /** The fault's parameter while it is switched on, whether or not it plays. */
  readonly peek: (name: FaultName, parameter: string) => ParameterValue | undefined
  /** How often each fault played, also those that are switched off by now. */
  readonly fired: () => Readonly<Record<string, number>>
  readonly shown: () => Readonly<Record<string, ShownFault>>
}

const decides = (one: Switch): boolean => {
  one.matched++
  if (one.matched <= one.setting.after) return false
  if (one.setting.next !== undefined && one.fired >= one.setting.next) return false
  return one.setting.rate >= 1 || one.draw() < one.setting.rate
}

const shownOf = ({ fired, setting }: Switch): ShownFault => ({
  rate: setting.rate,
  ...(setting.next === undefined ? {} : { next: setting.next - fired }),
  after: setting.after,
  path: setting.path,
  ...setting.parameters,
  fired,
})

export const faultBoard = (seed: number): FaultBoard => {
  const switches = new Map<FaultName, Switch>()
  const total = new Map<FaultName, number>()
  return {
    set: (name, value) => {
      switches.set(name, { setting: readSetting(name, value), draw: sequence(seed, name), matched: 0, fired: 0 })
    },
    clear: (name) => void switches.delete(name),
    clearAll: () => switches.clear(),
    play: (name, target) => {
      const one = switches.get(name)
      if (one === undefined || !target.includes(one.setting.path) || !decides(one)) return undefined
      one.fired++
      total.set(name, (total.get(name) ?? 0) + 1)
      const { parameters } = one.setting
      return {
        number: (parameter) => Number(parameters[parameter]),
        text: (parameter) => String(parameters[parameter]),
        draw: one.draw,
      }
    },
    peek: (name, parameter) => switches.get(name)?.setting.parameters[parameter],
    fired: () => Object.fromEntries(total),
    shown: () => Object.fromEntries(Array.from(switches, ([name, one]) => [name, shownOf(one)])),
  }
}
