/** The faults of the envelope around a page of records. */
import type { ApiRequest } from "./ApiRequest.ts"
import type { ListPage } from "./ListPage.ts"
import type { World } from "./World.ts"

/** The page with whatever faults play. */
export const bent = (world: World, request: ApiRequest, page: ListPage): ListPage => {
  const { play } = world.faults
  const { target } = request
  const wrong = play("wrong-total", target)
  const total = wrong === undefined || page.total === undefined ? page.total : page.total + wrong.number("by")
  const end = page.nextCursor === null ? play("end-cursor", target) : undefined
  return {
    ...page,
    records: play("null-results", target) ? undefined : page.records,
    total: play("no-total", target) ? undefined : total,
    nextCursor: end === undefined ? page.nextCursor : end.text("as") === "empty" ? "" : undefined,
  }
}
