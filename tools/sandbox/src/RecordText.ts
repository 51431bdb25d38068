/** Changes to the JSON text of one record that leave every other byte of it alone. */
import { JsonText } from "@mixpeek-alerts/domain"

/** The record with one member more, or with the last one of that name replaced. */
export const withMember = (record: string, key: string, value: string): string => {
  const found = JsonText.members(record).findLast((one) => one.key === key)
  if (found !== undefined) return `${record.slice(0, found.start)}${value}${record.slice(found.end)}`
  return `${record.slice(0, -1)},${JSON.stringify(key)}:${value}}`
}

/** The record without one of its members. */
export const withoutMember = (record: string, key: string): string => {
  const kept = JsonText.members(record).filter((one) => one.key !== key)
  return `{${kept.map((one) => `${JSON.stringify(one.key)}:${record.slice(one.start, one.end)}`).join(",")}}`
}
