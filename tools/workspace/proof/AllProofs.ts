/**
 * `npm run proof`: everything that attacks the programs, one after the other. Each prints a table of what it tried and
 * lost, with its seed; all run, even after one lost something.
 */
import { step } from "../src/Step.ts"

const proofs = ["proof:crash", "proof:faults", "proof:fuzz", "proof:soak"] as const

const lost = proofs.filter((name) => {
  process.stdout.write(`--- ${name}\n`)
  return !step("npm", ["run", "-s", name]).ok
})
process.stdout.write(lost.length === 0 ? "Nothing was lost.\n" : `LOST in ${lost.join(", ")}\n`)
process.exitCode = lost.length === 0 ? 0 : 1
