/** What is shown over the screen about what is on it. */
import { currentRemote } from "./Current.ts"
import { equivalent } from "./Equivalent.ts"
import type { Model } from "./Model.ts"

/** Why the screen has not what it asked for. */
export const showProblem = (model: Model): Model => {
  const remote = currentRemote(model)
  const problem =
    remote._tag === "Failed" ? remote.problem : model.board === null ? (model.live.trouble?.problem ?? null) : null
  return problem !== null
    ? { ...model, overlay: { _tag: "Problem", problem, top: 0 } }
    : { ...model, notice: "There is no error." }
}

/** The command that prints the same. */
export const showEquivalent = (model: Model): Model => {
  const same = equivalent(model)
  return "reason" in same
    ? { ...model, notice: same.reason }
    : {
        ...model,
        overlay: { _tag: "Text", title: "This prints what is on the screen; y and m copy it:", text: same.command },
      }
}
