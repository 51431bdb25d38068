/**
 * Why a call failed: one class per cause that a caller may want to tell apart.
 * Each says in `message` what happened and in `hint` what to do.
 */
import { Schema } from "effect"
import {
  BodyTooLarge,
  Forbidden,
  InvalidRequest,
  Malformed,
  NotFound,
  NotJson,
  QuotaExceeded,
  RateLimited,
  ServerFault,
  Unauthorized,
  UnexpectedStatus,
} from "./AnswerReason.ts"
import { BudgetSpent, CircuitOpen, CursorLoop, InvalidConfig, LimiterUnavailable, NoKey } from "./LocalReason.ts"
import { TimedOut, Unreachable } from "./NetworkReason.ts"

export * from "./AnswerReason.ts"
export * from "./LocalReason.ts"
export * from "./NetworkReason.ts"

/** Every way in which a call can fail. */
export const Reason = Schema.Union([
  NoKey,
  InvalidConfig,
  Unauthorized,
  Forbidden,
  QuotaExceeded,
  NotFound,
  InvalidRequest,
  RateLimited,
  ServerFault,
  Unreachable,
  TimedOut,
  Malformed,
  NotJson,
  UnexpectedStatus,
  CursorLoop,
  BodyTooLarge,
  BudgetSpent,
  LimiterUnavailable,
  CircuitOpen,
])
export type Reason = typeof Reason.Type
