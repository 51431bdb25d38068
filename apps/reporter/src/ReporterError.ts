/** What can go wrong in this program besides the API, each with its exit code. */
import { ExitCode, type MixpeekError } from "@mixpeek-alerts/client"
import { Data, Effect } from "effect"

export type Kind =
  | "Usage"
  | "BadIdFile"
  | "BadSetting"
  | "CannotCreate"
  | "WriteFailed"
  | "ReadFailed"
  | "Locked"
  | "OtherQuery"
  | "Damaged"
  | "TooManyFailures"
  | "Empty"
  | "Stopped"
  | "Interrupted"
  | "Terminated"
  | "NotVerified"
  | "ShardMissing"
  | "ShardUnfinished"
  | "ShardDoubled"
  | "ShardForeign"

const codes: Readonly<Record<Kind, number>> = {
  Usage: ExitCode.usage,
  BadIdFile: ExitCode.usage,
  BadSetting: ExitCode.config,
  CannotCreate: ExitCode.cannotCreate,
  WriteFailed: ExitCode.io,
  ReadFailed: ExitCode.io,
  Locked: ExitCode.locked,
  OtherQuery: ExitCode.cannotCreate,
  Damaged: ExitCode.data,
  TooManyFailures: ExitCode.data,
  Empty: ExitCode.empty,
  Stopped: ExitCode.resumable,
  Interrupted: ExitCode.interrupted,
  Terminated: ExitCode.terminated,
  NotVerified: ExitCode.data,
  ShardMissing: ExitCode.resumable,
  ShardUnfinished: ExitCode.resumable,
  ShardDoubled: ExitCode.usage,
  ShardForeign: ExitCode.usage,
}

export class ReporterError extends Data.TaggedError("ReporterError")<{
  readonly kind: Kind
  /** What happened, in one sentence. */
  readonly message: string
  /** What to do, in one sentence. */
  readonly hint: string
}> {
  get exitCode(): number {
    return codes[this.kind]
  }
}

/** Whatever ends this program early. */
export type ProgramError = ReporterError | MixpeekError

export const fail = (kind: Kind, message: string, hint: string): ReporterError =>
  new ReporterError({ kind, message, hint })

/** A command line that makes no sense. */
export const usage = (message: string, hint: string): ReporterError => fail("Usage", message, hint)

/** What a hot path throws, as an error of the effect around it; anything else stays a bug. */
export const caught = <A>(run: () => A): Effect.Effect<A, ReporterError> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(run())
    } catch (error) {
      if (error instanceof ReporterError) return Effect.fail(error)
      throw error
    }
  })

const full = new Set(["ENOSPC", "EDQUOT"])

/** An I/O error of Node, as a sentence. */
export const ioError = (
  kind: "CannotCreate" | "WriteFailed" | "ReadFailed",
  path: string,
  error: unknown,
): ReporterError => {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? String(error)
  const verb = { CannotCreate: "create", WriteFailed: "write", ReadFailed: "read" }[kind]
  const hint = full.has(code)
    ? "Make room on the disk and run the same command again: it resumes where it stopped."
    : kind === "WriteFailed"
      ? "Mend the cause and run the same command again: it resumes where it stopped."
      : "Check that the path is right and that this user may use it."
  return fail(kind, `Cannot ${verb} ${path} (${code}).`, hint)
}
