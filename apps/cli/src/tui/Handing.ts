/** Handing what is looked at to another program. */
import { recordId } from "@mixpeek-alerts/domain"
import { indented } from "../text/Indented.ts"
import { selectedItem } from "./List.ts"
import type { Model } from "./Model.ts"
import { known } from "./Remote.ts"
import { type Step, step } from "./Step.ts"

/** Opens the record under the cursor, exactly as it was sent, in the reader's editor or pager. */
export const handOver = (model: Model, to: "editor" | "pager"): Step => {
  const record = model.detail === null ? (selectedItem(model.list)?.record ?? null) : known(model.detail.record)
  return record === null
    ? step({ ...model, notice: "There is nothing to open." })
    : step(model, { _tag: "HandOver", to, name: recordId(record) ?? "execution", text: indented(record.json) })
}
