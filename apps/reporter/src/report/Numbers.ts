/** How the page writes numbers and times: the same everywhere, in UTC. */
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 })
const time = new Intl.DateTimeFormat("en-US", {
  dateStyle: "medium",
  timeStyle: "short",
  hourCycle: "h23",
  timeZone: "UTC",
})
const shortDay = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" })
const shortTime = new Intl.DateTimeFormat("en-US", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
})
export const dayMillis = 86_400_000
const day = dayMillis

export const count = (value: number): string => whole.format(value)
export const shortCount = (value: number): string => compact.format(value)

/** A share as a percentage: `0 %` and `100 %` only when it is exactly that. */
export const percent = (part: number, all: number): string => {
  if (all === 0) return "–"
  const text = ((100 * part) / all).toFixed(1)
  if (text === "0.0" && part > 0) return "< 0.1 %"
  return text === "100.0" ? (part < all ? "> 99.9 %" : "100 %") : text === "0.0" ? "0 %" : `${text} %`
}

/** A length of time in the unit that suits it. */
export const duration = (millis: number | null): string => {
  if (millis === null) return "–"
  if (millis < 1000) return `${Math.round(millis)} ms`
  const seconds = millis / 1000
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${(minutes / 1440).toFixed(1)} days`
}

/** A moment, in UTC, without saying so. */
export const moment = (millis: number): string => (Number.isFinite(millis) ? time.format(millis) : "–")

/** The same in the form of a mark on an axis. */
export const tick = (millis: number, width: number): string =>
  !Number.isFinite(millis)
    ? "?"
    : width >= day || millis % day === 0
      ? shortDay.format(millis)
      : shortTime.format(millis)

/** The width of a bucket, as in "in steps of one hour". */
export const span = (width: number): string => {
  const named: ReadonlyArray<readonly [number, string]> = [
    [day * 364, "year"],
    [day * 28, "four weeks"],
    [day * 7, "week"],
    [day, "day"],
    [3_600_000, "hour"],
    [60_000, "minute"],
  ]
  const found = named.find(([unit]) => width % unit === 0) ?? ([60_000, "minute"] as const)
  const times = width / found[0]
  return times === 1
    ? found[1] === "four weeks"
      ? found[1]
      : `one ${found[1]}`
    : found[1] === "four weeks"
      ? `${4 * times} weeks`
      : `${times} ${found[1]}s`
}

/** `1 execution`, `2 executions`. */
export const many = (value: number, one: string, more = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : more}`
