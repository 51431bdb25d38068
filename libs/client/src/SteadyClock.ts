/**
 * A clock that never goes back. Waits are reckoned as moments in time (a pause
 * until then, a deadline), so on a machine whose clock is set back by an hour
 * they would last an hour longer. Set forward, it follows, as after a sleep of
 * the machine.
 */
import { Clock, Effect, Layer } from "effect"

/** The same clock, except that time that was taken back is not. */
export const steady = (clock: Clock.Clock): Clock.Clock => {
  let last = 0
  let ahead = 0
  const millis = (): number => {
    const told = clock.currentTimeMillisUnsafe()
    if (told + ahead < last) ahead = last - told
    last = told + ahead
    return last
  }
  const nanos = (): bigint => {
    millis()
    return clock.currentTimeNanosUnsafe() + BigInt(Math.round(ahead)) * 1_000_000n
  }
  return {
    currentTimeMillisUnsafe: millis,
    currentTimeMillis: Effect.sync(millis),
    currentTimeNanosUnsafe: nanos,
    currentTimeNanos: Effect.sync(nanos),
    monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
    monotonicTimeNanos: clock.monotonicTimeNanos,
    sleep: (duration) => clock.sleep(duration),
  }
}

/** Makes the clock of a program steady; for the outermost layer of a program. */
export const layerSteadyClock: Layer.Layer<never> = Layer.effect(
  Clock.Clock,
  Clock.clockWith((clock) => Effect.sync(() => steady(clock))),
)
