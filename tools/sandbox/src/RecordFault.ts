/** The faults of single records: ones that do not fit, that carry too much, that come twice, out of order, or not at all. */
import type { ApiRequest } from "./ApiRequest.ts"
import type { ExecutionList } from "./ExecutionList.ts"
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

/** What is left of a page, and how many of the list are not there. */
export interface Listed {
  readonly indexes: ReadonlyArray<number>
  readonly withheld: number
}

/** How many of a list have an index that `every` divides. */
const countEvery = (world: World, list: ExecutionList, every: number): number => {
  let count = 0
  for (let index = 0; index < world.executions(); index += every) if (list.span(index, 1).start === index) count++
  return count
}

/** The indexes of a page that the list admits to, in the order in which it gives them. */
export const listed = (
  world: World,
  request: ApiRequest,
  list: ExecutionList,
  indexes: ReadonlyArray<number>,
): Listed => {
  const { play } = world.faults
  const hiding = play("withheld-records", request.target)
  const every = Math.max(1, Math.floor(hiding?.number("every") ?? 1))
  const left = hiding === undefined ? indexes : indexes.filter((index) => index % every !== 0)
  return {
    indexes: play("reversed-page", request.target) === undefined ? left : left.toReversed(),
    withheld: hiding === undefined ? 0 : countEvery(world, list, every),
  }
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
