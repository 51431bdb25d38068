/** The six reads of the API that this project makes. Source: the published API reference 0.82. */
import {
  Alert,
  AlertPage,
  carriesId,
  type Cursor,
  type Decoded,
  decodePage,
  type ExecutionId,
  type ExecutionRecord,
  Malformed,
  type Page,
  parseJson,
  parseRecord,
} from "@mixpeek-alerts/domain"
import { Result, Schema } from "effect"
import { type ApiCall, textOf } from "./ApiCall.ts"
import { disguisedStatus } from "./ResponseFault.ts"

/** The most executions of one page, by the API reference. */
export const maxPageSize = 1000

const get = <A>(path: string, decode: ApiCall<A>["decode"], query: ApiCall<A>["query"] = {}): ApiCall<A> => ({
  method: "GET",
  path,
  query,
  body: null,
  decode,
})

const parse =
  <A>(decode: (input: unknown) => Result.Result<A, Schema.SchemaError>) =>
  (body: Uint8Array): Result.Result<A, Malformed> => {
    try {
      return Result.mapError(decode(parseJson(textOf(body))), (error) => Malformed.fromSchemaError(error))
    } catch {
      return Result.fail(new Malformed({ path: "", expected: "Expected JSON" }))
    }
  }

/** A record that says it failed is not a record: left to the reader of faults. */
const record = (body: Uint8Array): Result.Result<Decoded, Malformed> =>
  Result.flatMap(parseRecord(body), (decoded) =>
    decoded._tag === "Quarantined" && !/"(?:alert_id|execution_id|executed_at)"/.test(textOf(body))
      ? Result.fail(decoded.problem)
      : Result.succeed(decoded),
  )

/** The record of one execution; one that is another's does not fit. */
export const execution = (id: ExecutionId): ApiCall<Decoded> =>
  get(`/v1/alerts/executions/${encodeURIComponent(id)}`, (body) =>
    Result.flatMap(record(body), (decoded): Result.Result<Decoded, Malformed> => {
      if (decoded._tag === "Quarantined") return Result.succeed({ ...decoded, executionId: decoded.executionId ?? id })
      const isItsOwn = carriesId(decoded, id)
      if (isItsOwn === false) {
        return Result.fail(new Malformed({ path: ".execution_id", expected: "Expected the ID that was asked for" }))
      }
      if (isItsOwn === true) return Result.succeed(decoded)
      // oxlint-disable-next-line typescript/no-misused-spread -- a plain object that shares its name with its schema
      const execution = { ...decoded.execution, executionId: id }
      return Result.succeed({ _tag: "ExecutionRecord", execution, json: decoded.json })
    }),
  )

/** The record of one execution, which has to fit. */
export const fittingExecution = (id: ExecutionId): ApiCall<ExecutionRecord> => {
  const call = execution(id)
  return {
    ...call,
    decode: (body) =>
      Result.flatMap(call.decode(body), (decoded) =>
        decoded._tag === "ExecutionRecord" ? Result.succeed(decoded) : Result.fail(decoded.problem),
      ),
  }
}

/** Which executions to list: those of one alert (ID or name), or of the whole namespace. */
export interface ListQuery {
  readonly alert?: string | undefined
  /** Records per page, 1 to {@link maxPageSize}; the most by default. */
  readonly pageSize?: number | undefined
  /** Where to start; the beginning by default. */
  readonly cursor?: Cursor | undefined
}

/** An empty page may be a failure that says so beside its results: left to the reader of faults. */
const listed = (body: Uint8Array): Result.Result<Page, Malformed> =>
  Result.flatMap(decodePage(body), (page) =>
    page.records.length === 0 && disguisedStatus(textOf(body)) !== null
      ? Result.fail(new Malformed({ path: ".success", expected: "Expected true" }))
      : Result.succeed(page),
  )

/** One page of a list. */
export const page = (query: ListQuery): ApiCall<Page> =>
  get(
    query.alert === undefined ? "/v1/alerts/executions" : `/v1/alerts/${encodeURIComponent(query.alert)}/executions`,
    listed,
    {
      limit: String(query.pageSize ?? maxPageSize),
      include_total: "true",
      ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
    },
  )

/** The latest execution of an alert (ID or name); 404 when it never ran. */
export const latest = (alert: string): ApiCall<Decoded> =>
  get(`/v1/alerts/${encodeURIComponent(alert)}/results`, record)

/** One alert by ID or name. */
export const alert = (idOrName: string): ApiCall<Alert> =>
  get(`/v1/alerts/${encodeURIComponent(idOrName)}`, parse(Schema.decodeUnknownResult(Alert)))

/** The alerts whose name holds `search`; all when it is empty. */
export const alerts = (search: string, cursor: string | null): ApiCall<AlertPage> => ({
  method: "POST",
  path: "/v1/alerts/list",
  query: { limit: String(maxPageSize), ...(cursor === null ? {} : { cursor }) },
  body: JSON.stringify(search === "" ? {} : { search }),
  decode: parse(Schema.decodeUnknownResult(AlertPage)),
})
