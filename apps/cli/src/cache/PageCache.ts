/** Keeps the newest executions for the next start. Keeps nothing unless it is provided. */
import { Context, Effect } from "effect"
import { cacheFolder, type CacheOwner, identityOf } from "./CacheIdentity.ts"
import { readSaved, writeSaved } from "./CacheFolder.ts"
import { type SavedPage, savedFrom, savedText } from "./SavedPage.ts"

export interface PageCache {
  /** What an earlier run has kept. */
  readonly load: (now: number) => SavedPage | null
  readonly save: (page: SavedPage) => Effect.Effect<void>
}

export const PageCache = Context.Reference<PageCache>("apps/cli/PageCache", {
  defaultValue: () => ({ load: () => null, save: () => Effect.void }),
})

/** The cache of an owner, in the user's cache folder. */
export const cacheFor = (owner: CacheOwner, env: Readonly<Record<string, string | undefined>>): PageCache => {
  const folder = cacheFolder(env)
  const identity = identityOf(owner)
  return {
    load: (now) => {
      const text = readSaved(folder, identity)
      return text === null ? null : savedFrom(text, identity, now)
    },
    save: (page) => Effect.sync(() => writeSaved(folder, identity, savedText(page, identity))),
  }
}
