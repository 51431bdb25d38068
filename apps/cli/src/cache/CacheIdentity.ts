/** What saved pages belong to: one endpoint, one namespace, one key. Somebody else's are never shown. */
import { createHash } from "node:crypto"
import { homedir } from "node:os"
import { join } from "node:path"

export interface CacheOwner {
  readonly baseUrl: string
  readonly namespace: string | null
  readonly apiKey: string
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex")

/** A name that says nothing about the owner. The key goes in as a hash of its own, and never comes out. */
export const identityOf = ({ apiKey, baseUrl, namespace }: CacheOwner): string =>
  hash(JSON.stringify([baseUrl, namespace, hash(`mixpeek-alerts cache ${apiKey}`)])).slice(0, 40)

type Env = Readonly<Record<string, string | undefined>>

/** `$XDG_CACHE_HOME/mixpeek-alerts`, by default in `~/.cache`. */
export const cacheFolder = (env: Env): string =>
  join(env["XDG_CACHE_HOME"] || join(env["HOME"] || homedir(), ".cache"), "mixpeek-alerts")
