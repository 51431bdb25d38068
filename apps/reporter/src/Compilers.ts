/**
 * Keeps V8's compilers sparing. They work on threads of their own, and a batch on a small machine, or beside a server, has no
 * processor to spare for those: what they take, it waits for. An export by ID calls many small functions once or twice for
 * each ID, and is over before it pays to have compiled most of them once more, with all that they call in them. A walk calls
 * fewer of them more often, and loses by this.
 */
import { type EngineFlag, setFlag } from "./EngineFlags.ts"

/** The V8 of Node 24. Another one may not have these flags, or other values for them. */
const version = /^13\.6\./

/** The usual number of calls before TurboFan is not the one that `node --v8-options` prints; `KeptCode.test.ts` shows it. */
const flags: ReadonlyArray<EngineFlag> = [
  { name: "invocation-count-for-turbofan", value: 20_000, usual: 10_000 },
  { name: "concurrent-turbofan-max-threads", value: 1, usual: 4 },
  { name: "concurrent-maglev-max-threads", value: 1, usual: 2 },
  { name: "max-inlined-bytecode-size-cumulative", value: 200, usual: 920 },
  { name: "max-maglev-inlined-bytecode-size-cumulative", value: 200, usual: 920 },
]

/** For calls that are many and short. */
export const spareCompilers = (): void => {
  if (version.test(process.versions.v8)) flags.forEach(setFlag)
}
