/** The top of the page: the verdict first, then what was exported, then the figures that everyone asks for. */
import { html, type Html } from "../Html.ts"
import { count, duration, many, moment, percent } from "../Numbers.ts"
import type { RunFindings } from "../ReadRuns.ts"
import { origin } from "./Origin.ts"
import type { Story } from "./Story.ts"

type Answer = "complete" | "incomplete" | "unknown"

/** The verdict on one run. */
export const answerOf = (run: RunFindings): Answer => {
  const { complete } = run.manifest.mixpeek
  return complete === true ? "complete" : complete === false ? "incomplete" : "unknown"
}

const worst = (answers: ReadonlyArray<Answer>): Answer =>
  answers.includes("incomplete") ? "incomplete" : answers.includes("unknown") ? "unknown" : "complete"

const signs: Readonly<Record<Answer, Html>> = {
  complete: html`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="12" />
    <path d="M6.5 12.5l3.7 3.7 7.3-8" />
  </svg>`,
  incomplete: html`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
    <path class="body" d="M12 0.8 24 22.5H0z" />
    <path d="M12 8.5v6.5M12 18.4v0.4" />
  </svg>`,
  unknown: html`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="12" />
    <path d="M8.6 9.2a3.4 3.4 0 1 1 4.9 3c-1 .5-1.5 1.1-1.5 2.2M12 17.6v0.4" />
  </svg>`,
}

const sentences = (answer: Answer, runs: ReadonlyArray<RunFindings>): string => {
  if (runs.length === 1) {
    return {
      complete: "Complete. Nothing was missed.",
      incomplete: "Not complete. Some executions are missing or in doubt.",
      unknown: "Complete as far as can be told.",
    }[answer]
  }
  const incomplete = runs.filter((run) => answerOf(run) === answer).length
  return {
    complete: `All ${runs.length} runs are complete.`,
    incomplete: `${incomplete} of ${runs.length} runs ${incomplete === 1 ? "is" : "are"} not complete.`,
    unknown: `${incomplete} of ${runs.length} runs cannot be told to be complete.`,
  }[answer]
}

const reasons = (runs: ReadonlyArray<RunFindings>, answer: Answer): Html => {
  const telling = runs.filter((run) => answerOf(run) === answer)
  const shown = runs.length === 1 ? telling : answer === "complete" ? [] : telling
  const lines = shown.flatMap((run) =>
    run.manifest.mixpeek.reasons.map((reason) =>
      runs.length === 1 ? html`<li>${reason}</li>` : html`<li><bdi>${run.name}</bdi>: ${reason}</li>`,
    ),
  )
  return lines.length === 0
    ? html``
    : html`<ul class="reasons ${runs.length === 1 ? "single" : "of-several"}">
        ${lines}
      </ul>`
}

const tile = (name: string, value: string, note: string): Html =>
  html`<div class="tile-number">
    <dt>${name}</dt>
    <dd>${value}<small>${note}</small></dd>
  </div>`

const tiles = ({ fold, runs }: Story): Html => {
  const bare = runs.reduce((sum, run) => sum + run.manifest.mixpeek.counts.withoutMatches, 0)
  return html`<dl class="tiles">
    ${tile("Executions", count(fold.all.executions), fold.shared > 0 ? `${count(fold.shared)} more were in two runs` : many(fold.alerts.length, "alert"))}
    ${tile("Triggered", percent(fold.all.triggered, fold.all.executions), many(fold.all.triggered, "execution"))}
    ${tile("Matches", count(fold.matches), bare > 0 ? `${count(bare)} executions came without theirs` : "all that were sent")}
    ${tile("Half took up to", duration(fold.all.durations.percentile(0.5)), fold.all.durations.total === 0 ? "no durations" : `95 % up to ${duration(fold.all.durations.percentile(0.95))}`)}
    ${tile("Failures", count(fold.failures), fold.failures === 0 ? "none" : "see below")}
  </dl>`
}

/** The head of the page. */
export const headline = (story: Story): Html => {
  const { fold, runs, title } = story
  const answer = worst(runs.map(answerOf))
  const range =
    fold.first === null || fold.last === null
      ? fold.all.executions === 0
        ? "No executions."
        : "No execution has a time."
      : `${moment(fold.first)} to ${moment(fold.last)} UTC`
  return html`<header class="${answer}">
      <p class="eyebrow">${title}</p>
      <h1>${signs[answer]}<span>${sentences(answer, runs)}</span></h1>
      ${reasons(runs, answer)}
      <p class="origin">${range}<br />${origin(runs.at(-1)?.manifest.mixpeek.query ?? "")}</p>
    </header>
    ${tiles(story)} `
}
