/** Prints what a command finds, as its flags say, to standard output. */
import { Effect, Result, type Scope } from "effect"
import type { Format } from "../output/Format.ts"
import type { Listing } from "../output/Listing.ts"
import { makePrinter, type Printer } from "../output/Printer.ts"
import { formatOn, type Surface } from "../output/Surface.ts"
import { paged, stdout, type Writer } from "../output/Writer.ts"
import { fail, type Failure } from "./Failure.ts"
import { type Invocation, surfaceFor } from "./Invocation.ts"

export interface Printing<A> {
  readonly surface: Surface
  readonly format: Format
  readonly measure: Printer<A>["measure"]
  /** Prints the next items, and waits until they are taken; `false` when nobody reads any more. */
  readonly print: (items: ReadonlyArray<A>) => Effect.Effect<boolean>
  /** Prints text that stands for items. */
  readonly write: Writer["write"]
  /** Prints what belongs after the last item. */
  readonly finish: Effect.Effect<void>
}

export interface PrintOptions {
  /** One thing was asked for, not a list. */
  readonly single?: boolean
  /** Items come one by one while someone watches. */
  readonly live?: boolean
}

/** Where text goes: through a pager when it is for someone to read. */
export const writerFor = (
  invocation: Invocation,
  surface: Surface,
  format: Format,
): Effect.Effect<Writer, never, Scope.Scope> =>
  surface.terminal && invocation.choice.pager && format === "table" && process.env["TERM"] !== "dumb"
    ? paged(surface.rows)
    : Effect.succeed(stdout)

/** Fails when the chosen format makes no sense for these things; call it before anything is requested. */
export const printing = Effect.fnUntraced(function* <A>(
  listing: Listing<A>,
  invocation: Invocation,
  options: PrintOptions = {},
): Effect.fn.Return<Printing<A>, Failure, Scope.Scope> {
  const surface = yield* surfaceFor(invocation)
  const made = makePrinter(listing, invocation.choice, surface, options.single)
  if (Result.isFailure(made)) return yield* fail(made.failure)
  const format = formatOn(surface, invocation.choice)
  const writer = options.live === true ? stdout : yield* writerFor(invocation, surface, format)
  const printer = made.success
  return {
    surface,
    format,
    measure: printer.measure,
    print: (items) => writer.write(printer.next(items)),
    write: writer.write,
    finish: Effect.suspend(() => Effect.asVoid(writer.write(printer.end()))),
  }
})
