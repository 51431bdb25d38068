/** How the checks are printed. */
import type { Listing } from "../../output/Listing.ts"
import { painted, type Surface } from "../../output/Surface.ts"
import { left } from "../../text/Width.ts"
import { wrapped } from "../../text/Wrap.ts"
import type { Check } from "./Check.ts"

const colors: Readonly<Record<Check["status"], string>> = { ok: "32", warn: "33", fail: "1;31", skip: "2" }

const objectOf = ({ exitCode, found, hint, name, status }: Check): object => ({
  check: name,
  status,
  found,
  hint,
  exit_code: exitCode,
})

export interface CheckRow extends Check {
  readonly json: string
}

export const checkRow = (check: Check): CheckRow => ({ ...check, json: JSON.stringify(objectOf(check)) })

/** One object for programs. */
export const checkObject = (checks: ReadonlyArray<Check>, exitCode: number): CheckRow => ({
  name: "",
  status: "ok",
  found: "",
  hint: "",
  exitCode,
  json: JSON.stringify({ ok: exitCode === 0, exit_code: exitCode, checks: checks.map(objectOf) }),
})

export const checkListing: Listing<CheckRow> = {
  noun: "checks",
  columns: [
    { name: "check", type: "string" },
    { name: "status", type: "string" },
    { name: "found", type: "string" },
    { name: "hint", type: "string" },
    { name: "exit_code", type: "integer" },
  ],
  members: ["checks", "ok"],
  cells: ({ exitCode, found, hint, name, status }) => [name, status, found, hint, exitCode],
  json: ({ json }) => json,
  id: null,
  view: [],
}

const nameWidth = 12
const indent = " ".repeat(nameWidth + 6)

const paragraph = (text: string, surface: Surface): string =>
  wrapped(text, Math.max(30, surface.columns - indent.length)).join(`\n${indent}`)

/** A check for people, with what to do under what was found. */
export const checkText = ({ found, hint, name, status }: Check, surface: Surface): string => {
  const first = `${painted(surface, colors[status], left(status, 4))}  ${left(name, nameWidth)}${paragraph(found, surface)}\n`
  return hint === "" ? first : `${first}${indent}${paragraph(hint, surface)}\n`
}
