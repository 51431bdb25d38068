/** The choices of someone who has no key yet. */
import { ExitCode } from "@mixpeek-alerts/client"
import type { Model } from "./Model.ts"
import { type Step, step } from "./Step.ts"

/** Without a key: the demo, how to get one, or leaving. */
export const choose = (model: Model): Step => {
  const index = model.firstRun?.index ?? 0
  if (index === 0) return step(model, { _tag: "Quit", code: startDemo })
  if (index === 1) return step({ ...model, overlay: { _tag: "Text", title: "How to get a key", text: howToGetAKey } })
  return step(model, { _tag: "Quit", code: ExitCode.noPermission })
}

/** Not an exit code: tells the program to start again with the demo. */
export const startDemo = -1

const howToGetAKey = [
  "1. Sign in to the Mixpeek dashboard and create an API key. It starts with sk_.",
  "2. Put it into a file that only you can read, and point to it:",
  "   export MIXPEEK_API_KEY_FILE=~/.mixpeek-key",
  "   or, for this shell only: export MIXPEEK_API_KEY=sk_...",
  "3. If the alerts are not in the default namespace: export MIXPEEK_NAMESPACE=ns_...",
  "4. Run mixpeek-alerts again. `mixpeek-alerts config` shows what it found, and where.",
].join("\n")
