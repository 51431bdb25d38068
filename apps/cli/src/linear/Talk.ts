/** The program in sentences and prompts, on standard input and output. Loaded as one. */
import { Effect } from "effect"
import { onStdio } from "./Conversation.ts"
import { linear } from "./Linear.ts"

/** Talks until the reader leaves, to the exit code. */
export const talk = (opening: Parameters<typeof linear>[0]) =>
  Effect.flatMap(onStdio, (conversation) => linear(opening, conversation))
