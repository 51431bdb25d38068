/** The faults of single records: ones that do not fit, that carry too much, or that come twice. */
import type { ApiRequest } from "./ApiRequest.ts"
import type { Playing } from "./FaultBoard.ts"
import { withMember, withoutMember } from "./RecordText.ts"
import type { World } from "./World.ts"

const unlisted = `"x_future_field":{"since":"0.99","digits":1.0},"x_future_list":[null,true,"…"]`

/** Members that the reference does not list, as JSON text, while `unknown-fields` plays; otherwise nothing. */
export const extraMembers = (world: World, request: ApiRequest): string =>
  world.faults.play("unknown-fields", request.target) === undefined ? "" : unlisted

const kinds = ["wrong-type", "missing-field", "score", "null"]

const spoil = (record: string, playing: Playing): string => {
  const asked = playing.text("kind")
  switch (asked === "any" ? kinds[Math.floor(playing.draw() * kinds.length)] : asked) {
    case "wrong-type":
      return withMember(record, "match_count", `"many"`)
    case "missing-field":
      return withoutMember(record, "alert_id")
    case "score":
      return withMember(record, "matches", `[{"document_id":"doc_out_of_range","score":2}]`)
    default:
      return "null"
  }
}

const fatten = (record: string, playing: Playing): string => {
  const megabytes = Math.max(0, playing.number("megabytes"))
  const transcript = "text of a long transcript, line after line. ".repeat(Math.ceil((megabytes * 1_000_000) / 44))
  const metadata = JSON.stringify({ transcript })
  return withMember(record, "matches", `[{"document_id":"doc_huge","score":0.5,"metadata":${metadata}}]`)
}

const changeOne = (
  records: ReadonlyArray<string>,
  playing: Playing | undefined,
  change: (record: string, playing: Playing) => string,
): ReadonlyArray<string> => {
  if (playing === undefined) return records
  const at = Math.floor(playing.draw() * records.length)
  return records.map((record, place) => (place === at ? change(record, playing) : record))
}

/** The records with whatever faults play. An answer without records touches none of them. */
export const spoiled = (
  world: World,
  request: ApiRequest,
  records: ReadonlyArray<string>,
  extra: string,
): ReadonlyArray<string> => {
  if (records.length === 0) return records
  const { play } = world.faults
  const fat = changeOne(records, play("huge-metadata", request.target), fatten)
  const more = extra === "" ? fat : fat.map((record) => `${record.slice(0, -1)},${extra}}`)
  return changeOne(more, play("bad-record", request.target), spoil)
}

/** The indexes of a page, with some of them twice while `duplicate-records` plays. */
export const duplicated = (
  world: World,
  request: ApiRequest,
  indexes: ReadonlyArray<number>,
  newerThan: (index: number, count: number) => ReadonlyArray<number>,
): ReadonlyArray<number> => {
  const first = indexes[0]
  if (first === undefined) return indexes
  const playing = world.faults.play("duplicate-records", request.target)
  if (playing === undefined) return indexes
  const count = playing.number("count")
  return playing.text("from") === "page"
    ? [...indexes, ...indexes.slice(-count)]
    : [...newerThan(first, count), ...indexes]
}
