/** Where the executions of a run come from, in words: the server, the namespace, and what was asked for. */
import { Option, Schema } from "effect"
import { foreign, html, type Html } from "../Html.ts"

/** The part of a manifest's query that is worth reading. */
const Query = Schema.fromJsonString(
  Schema.Struct({ scope: Schema.String, source: Schema.Union([Schema.String, Schema.Array(Schema.String)]) }),
)

const decode = Schema.decodeUnknownOption(Query)

const sourceText = (source: string | ReadonlyArray<string>): string =>
  typeof source !== "string"
    ? `${source.length === 1 ? "alert" : "alerts"} ${source.join(", ")}`
    : source === "all"
      ? "every alert"
      : source.replace(/, sha256 .*/, "")

export const origin = (query: string): Html =>
  Option.match(decode(query), {
    onNone: () => html``,
    onSome: ({ scope, source }) => {
      const [server = "", namespace = ""] = scope.split(" ")
      return html`${foreign(server.replace(/\/$/, ""))} · ${foreign(namespace)} · ${foreign(sourceText(source))}`
    },
  })
