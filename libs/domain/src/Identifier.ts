/**
 * The names by which Mixpeek refers to its things, each its own type so that
 * one is never passed for another. Whatever non-empty text the server sends is
 * accepted; what a person types is checked by {@link parseExecutionId}.
 */
import { Result, Schema } from "effect"

const NonEmpty = Schema.String.check(Schema.isNonEmpty())

/** `exec_…`: one run of an alert. */
export const ExecutionId = NonEmpty.pipe(Schema.brand("ExecutionId"))
export type ExecutionId = typeof ExecutionId.Type

/** `alt_…`: one alert. */
export const AlertId = NonEmpty.pipe(Schema.brand("AlertId"))
export type AlertId = typeof AlertId.Type

/** The collection that an alert ran against. */
export const CollectionId = NonEmpty.pipe(Schema.brand("CollectionId"))
export type CollectionId = typeof CollectionId.Type

/** One document of a collection. */
export const DocumentId = NonEmpty.pipe(Schema.brand("DocumentId"))
export type DocumentId = typeof DocumentId.Type

/** The longest ID that is sent to the API, in characters. */
export const maxIdLength = 200

const allowed = /^[A-Za-z0-9][A-Za-z0-9._:~-]*$/

/** What is wrong with an ID that a person gave, and what to do about it. */
export interface InvalidId {
  readonly message: string
  readonly hint: string
}

/** Whether a text is an execution ID and nothing else, by the characters that the API takes and the longest that is sent. */
export const isExecutionId = (text: string): text is ExecutionId => text.length <= maxIdLength && allowed.test(text)

const excerpt = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

const invalid = (message: string): Result.Result<never, InvalidId> =>
  Result.fail({ message, hint: "An execution ID looks like exec_8f3c21: letters, digits, '_', '-', '.', ':' and '~'." })

/**
 * Reads an execution ID from text that a person typed or a file holds. Also
 * takes a URL whose path ends in `/executions/{id}`. Never lets through what
 * could change the path of a request (slash, space, `..`, control characters).
 */
export const parseExecutionId = (text: string): Result.Result<ExecutionId, InvalidId> => {
  if (isExecutionId(text)) return Result.succeed(text)
  const trimmed = text.trim()
  const fromUrl = /^https?:\/\/[^\s?#]*\/executions\/([^/\s?#]+)\/?(?:[?#].*)?$/.exec(trimmed)
  const id = fromUrl?.[1] ?? trimmed
  if (id === "") return invalid("The execution ID is empty.")
  if (id.length > maxIdLength) {
    return invalid(`The execution ID ${excerpt(id)} is too long (${id.length} characters, at most ${maxIdLength}).`)
  }
  if (!allowed.test(id)) return invalid(`${excerpt(id)} is not an execution ID.`)
  // Checked above, more strictly than by its schema.
  return Result.succeed(id as ExecutionId)
}
