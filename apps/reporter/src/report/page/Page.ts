/**
 * The page: one file of HTML that needs nothing else. No script, no network,
 * and a policy that forbids both, so that no name or metadata in it could do
 * anything even if it were not escaped.
 */
import { createHash } from "node:crypto"
import { html, Html } from "../Html.ts"
import { moment } from "../Numbers.ts"
import { headline } from "./Headline.ts"
import { documentSection, failureSection, scoreSection } from "./MatchSections.ts"
import { runSection, trendSection } from "./RunSections.ts"
import type { Story } from "./Story.ts"
import { style } from "./Style.ts"
import { alertSection, durationSection, volumeSection } from "./TimeSections.ts"

const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`

/** To the letter what the policy has the hash of. */
const sheet = new Html(`<style>${style}</style>`)

/** The text of the page. */
export const page = (story: Story, version: string, now: number): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>${story.title}</title>
        ${sheet}
      </head>
      <body>
        <main>
          ${headline(story)} ${trendSection(story)} ${volumeSection(story)} ${alertSection(story)}
          ${durationSection(story)} ${scoreSection(story)} ${documentSection(story)} ${failureSection(story)}
          ${runSection(story)}
        </main>
        <footer>
          <p>
            Made by mixpeek-alerts-reporter ${version} on ${moment(now)} UTC. Percentiles above 256 ms are within 0.4 %.
          </p>
        </footer>
      </body>
    </html> `.text
