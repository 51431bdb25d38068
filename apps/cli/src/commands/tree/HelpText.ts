/** Help and the version, on stdout when they were asked for. */
import { Effect } from "effect"
import { CliOutput } from "effect/cli"

const exitCodes = `
EXIT CODES
  0 done   10 --fail-on or --until decided   64 usage, no terminal   65 a record does not fit   66 not found
  69 API unavailable   70 bug   73 cannot create   74 cannot write   75 stopped early: limit or time used up
  76 not the API's answer   77 no key or no access   78 configuration   130 interrupted   143 terminated
`

/** People look at the examples first, so they come before the rest. */
const examplesFirst = (help: string): string => {
  // oxlint-disable-next-line no-control-regex -- headings are coloured on a terminal
  const sections = help.trimEnd().split(/\n+(?=(?:\u001b\[\d+m)*[A-Z]{4}[A-Z ]*(?:\u001b\[\d+m)*\n)/)
  const at = sections.findIndex((section) => section.includes("EXAMPLES"))
  const [description = "", ...rest] = sections
  return [description, ...sections.slice(at, at + 1), ...rest.filter((_, index) => index !== at - 1)].join("\n\n")
}

const show = (text: string): Effect.Effect<void> => Effect.sync(() => void process.stdout.write(text))

/** Only help that was asked for is shown; a mistake is told in a line. */
export const presenter: CliOutput.Presenter = {
  present: (event) => {
    if (event._tag === "Version") return show(`${event.name} ${event.version}\n`)
    if (event._tag !== "Help" || event.reason !== "Requested") return Effect.void
    const colors = process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === ""
    const text = examplesFirst(CliOutput.defaultFormatter({ colors }).formatHelpDoc(event.helpDoc))
    return show(`${text}\n${exitCodes}`)
  },
}
