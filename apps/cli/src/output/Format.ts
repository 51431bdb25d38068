/** In which form a command prints, and what was chosen about it by flags. */

export const formats = ["table", "json", "ndjson", "csv", "tsv", "ids", "raw"] as const
export type Format = (typeof formats)[number]

/** What the output flags say. */
export interface Choice {
  /** `null` leaves it to where the output goes: a table on a terminal, tab-separated values elsewhere. */
  readonly format: Format | null
  /** Names joined by commas, as they were typed. */
  readonly fields: string | null
  /** A path into the JSON, as it was typed. */
  readonly pick: string | null
  readonly header: boolean
  /** Absolute times instead of `2m ago`. */
  readonly utc: boolean
  readonly color: boolean
  readonly ascii: boolean
  readonly pager: boolean
}

/** Whether a program reads the output, so that messages are for it, too. */
export const speaksJson = (choice: Choice): boolean => choice.format === "json" || choice.format === "ndjson"

/** Whether something that has lines is printed as one object that holds them. */
export const asObject = ({ fields, format, pick }: Choice): boolean =>
  fields === null && (format === "json" || format === "raw" || pick !== null)

/** Whether a command may put text of its own around its lines: for people who did not choose what they want. */
export const forPeople = (format: Format, { fields, pick }: Choice): boolean =>
  format === "table" && fields === null && pick === null
