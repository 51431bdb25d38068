/** The exit codes of both programs, and the one that an error of the client leads to. */
import type { MixpeekError } from "./MixpeekError.ts"
import type { Reason } from "./Reason.ts"

/** Codes 1 to 13 are Node's own and are not used; an unknown code is a failure. */
export const ExitCode = {
  ok: 0,
  decided: 10,
  usage: 64,
  data: 65,
  notFound: 66,
  unavailable: 69,
  bug: 70,
  cannotCreate: 73,
  io: 74,
  resumable: 75,
  protocol: 76,
  noPermission: 77,
  config: 78,
  partial: 80,
  locked: 81,
  empty: 82,
  interrupted: 130,
  terminated: 143,
} as const

const codes: Readonly<Record<Reason["_tag"], number>> = {
  NoKey: ExitCode.noPermission,
  InvalidConfig: ExitCode.config,
  Unauthorized: ExitCode.noPermission,
  Forbidden: ExitCode.noPermission,
  QuotaExceeded: ExitCode.noPermission,
  NotFound: ExitCode.notFound,
  InvalidRequest: ExitCode.usage,
  RateLimited: ExitCode.resumable,
  ServerFault: ExitCode.unavailable,
  Unreachable: ExitCode.unavailable,
  TimedOut: ExitCode.unavailable,
  Malformed: ExitCode.protocol,
  NotJson: ExitCode.protocol,
  UnexpectedStatus: ExitCode.protocol,
  CursorLoop: ExitCode.protocol,
  BodyTooLarge: ExitCode.protocol,
  BudgetSpent: ExitCode.resumable,
  LimiterUnavailable: ExitCode.unavailable,
  CircuitOpen: ExitCode.unavailable,
}

/** The exit code for an error of the client. */
export const exitCodeOf = (error: MixpeekError): number => codes[error.reason._tag]
