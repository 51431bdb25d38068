/**
 * The exit codes that are needed before the client is loaded. They are the
 * client's, which a test checks: importing them from there would load an HTTP
 * stack to say that a flag is unknown: a bundler that
 * splits code follows every export of an index.
 */

export const Code = {
  ok: 0,
  usage: 64,
  data: 65,
  notFound: 66,
  bug: 70,
  cannotCreate: 73,
  io: 74,
  config: 78,
  interrupted: 130,
  terminated: 143,
  /** 128 and the signal's number; only here. */
  hangup: 129,
  dumped: 131,
} as const
