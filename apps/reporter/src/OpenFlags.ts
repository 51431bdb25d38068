/**
 * How files of a run are opened. Their names can be guessed, since a resumed run has to find them, so in a directory that
 * others may write to one of them may lie in wait as a link to something else: no link is followed.
 */
import { constants } from "node:fs"

/** Windows has no such flag, and asks for a privilege to make links. */
const noFollow = constants.O_NOFOLLOW ?? 0

const { O_APPEND, O_CREAT, O_RDWR, O_TRUNC, O_WRONLY } = constants

/** A file that is new, or begun again. */
export const fresh = O_WRONLY | O_CREAT | O_TRUNC | noFollow

/** A file for this process alone, written and read back. */
export const scratch = O_RDWR | O_CREAT | O_TRUNC | noFollow

/** A file that exists and is cut back, then written. */
export const existing = O_RDWR | noFollow

/** A file that only grows. */
export const growing = O_WRONLY | O_CREAT | O_APPEND | noFollow
