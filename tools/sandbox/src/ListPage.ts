/** One page of a list as it goes out: records as JSON text, spliced in as they are. */
import type { PageQuery } from "./PageQuery.ts"

export interface ListPage {
  /** undefined for `"results": null`. */
  readonly records: ReadonlyArray<string> | undefined
  /** null for the end; undefined for no field at all. */
  readonly nextCursor: string | null | undefined
  /** undefined for no totals at all. */
  readonly total: number | undefined
  /** Whether the list is paged by offset: then the page has a number. */
  readonly query: PageQuery
  /** Fields that the reference does not list, as JSON text of members, such as `"a":1`. */
  readonly extra: string
}

const paginationOf = ({ nextCursor, query, total }: ListPage): Record<string, unknown> => {
  const byOffset = query.cursor === undefined
  const page = byOffset ? Math.floor(query.offset / query.limit) + 1 : null
  const more = page !== null && typeof nextCursor === "string" && nextCursor !== ""
  const pages = total === undefined || !query.includeTotal ? null : Math.ceil(total / query.limit)
  return {
    ...(total === undefined ? {} : { total: query.includeTotal ? total : null }),
    page,
    page_size: query.limit,
    total_pages: pages,
    next_page: more ? page + 1 : null,
    previous_page: page !== null && page > 1 ? page - 1 : null,
    ...(nextCursor === undefined ? {} : { next_cursor: nextCursor }),
  }
}

/** The JSON text of a page. */
export const renderPage = (page: ListPage): string => {
  const results = page.records === undefined ? "null" : `[${page.records.join(",")}]`
  const pagination = JSON.stringify(paginationOf(page))
  const total = page.total === undefined ? "" : `,"total_count":${page.total}`
  const extra = page.extra === "" ? "" : `,${page.extra}`
  const inside = page.extra === "" ? pagination : `${pagination.slice(0, -1)},${page.extra}}`
  return `{"results":${results},"pagination":${inside}${total}${extra}}`
}
