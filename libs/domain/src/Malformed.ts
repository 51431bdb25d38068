/** Something that the server sent and that does not fit the schema: where, and what was expected. */
import { Schema, SchemaIssue } from "effect"

const format = SchemaIssue.makeFormatterStandardSchemaV1()

const segment = (part: PropertyKey | { readonly key: PropertyKey }): string => {
  const key = typeof part === "object" ? part.key : part
  return typeof key === "number" ? `[${key}]` : `.${String(key)}`
}

/** Holds the path and the expectation, never the value: the value may be anything, of any size. */
export class Malformed extends Schema.TaggedError<Malformed>()("Malformed", {
  /** Where, as in `.matches[3].score`; empty when the whole thing is wrong. */
  path: Schema.String,
  /** What was expected there, in a few words. */
  expected: Schema.String,
}) {
  override get message(): string {
    return this.path === "" ? this.expected : `${this.expected} at ${this.path}`
  }

  /** The first thing that a schema did not like, with its path. */
  static fromSchemaError(error: Schema.SchemaError): Malformed {
    const issue = format(error.issue).issues[0]
    const path = (issue?.path ?? []).map(segment).join("")
    return new Malformed({ path, expected: issue?.message ?? error.message })
  }
}
