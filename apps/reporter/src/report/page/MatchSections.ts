/** The parts of the page about what matched, and about what could not be exported. */
import { scoreChart } from "../chart/ScoreChart.ts"
import { scoreBins } from "../Fold.ts"
import { foreign, html, type Html } from "../Html.ts"
import { count, many, percent } from "../Numbers.ts"
import { dataTable, figure, section, shareBar } from "./DataTable.ts"
import type { Story } from "./Story.ts"

const number = (name: string) => ({ name, numeric: true })
const mostDocuments = 15

/** The scores of the matches. */
export const scoreSection = ({ fold }: Story): Html => {
  if (fold.all.executions === 0) return html``
  if (fold.matches === 0) return section("scores", "Scores", "There are no matches.", [])
  const odd =
    fold.oddScores === 0
      ? ""
      : ` ${many(fold.oddScores, "score")} outside of 0 to 1 ${fold.oddScores === 1 ? "is" : "are"} not shown.`
  const edge = (bin: number): string => (bin / scoreBins).toFixed(2)
  return section(
    "scores",
    "Scores of matches",
    `How well documents matched, from 0 to 1: ${many(fold.matches, "match", "matches")} in ${scoreBins} steps.${odd}`,
    [
      figure(
        scoreChart(fold.scores, `Distribution of the scores of ${count(fold.matches)} matches from 0 to 1`),
        dataTable(
          "Matches by score",
          [{ name: "score from" }, { name: "to below" }, number("matches"), number("share")],
          fold.scores.map((value, bin) => [
            edge(bin),
            bin === scoreBins - 1 ? "1 (included)" : edge(bin + 1),
            count(value),
            percent(value, fold.matches),
          ]),
        ),
      ),
    ],
  )
}

/** The documents that matched most often. */
export const documentSection = ({ fold }: Story): Html => {
  if (fold.matches === 0) return html``
  const { missed } = fold.documents
  const top = fold.documents.top(mostDocuments)
  const most = top[0]?.count ?? 0
  if (most <= Math.max(1, missed)) {
    const lead =
      missed === 0
        ? "No document matched more than once."
        : `No document stands out: none matched more than ${count(most + missed)} times.`
    return section("documents", "Top documents", lead, [])
  }
  const shown = top.filter((one) => one.count > missed)
  const lead =
    missed === 0
      ? `The ${many(shown.length, "document")} with the most matches, of ${count(fold.documents.size)}.`
      : `The documents with the most matches. There are too many to count each: a count may be too low by up to ${count(missed)}.`
  return section("documents", "Top documents", lead, [
    dataTable(
      "Documents, by matches",
      [{ name: "document" }, number("matches"), { name: "" }, number("best score")],
      shown.map((one) => [
        foreign(one.key),
        count(one.count),
        shareBar(one.count / most, "score"),
        one.best === null ? "–" : one.best.toFixed(3),
      ]),
    ),
  ])
}

/** What could not be exported. */
export const failureSection = ({ fold, runs }: Story): Html => {
  if (fold.failures === 0)
    return section("failures", "Failures", "Every execution that was read could be exported.", [])
  const failed = runs.filter((run) => run.manifest.mixpeek.counts.failures > 0)
  const where =
    failed.length === 1
      ? "failures.csv has every one; the command retry asks for them again."
      : "failures.csv of each run has every one."
  return section("failures", "Failures", `${many(fold.failures, "execution")} could not be exported. ${where}`, [
    dataTable(
      "Failures by reason",
      [{ name: "reason" }, number("executions"), { name: "" }],
      fold.reasons
        .top(20)
        .map((one) => [foreign(one.key), count(one.count), shareBar(one.count / fold.failures, "triggered")]),
    ),
    dataTable(
      fold.failures > fold.samples.length ? `The first ${fold.samples.length} failures` : "Each failure",
      [{ name: "execution" }, { name: "reason" }, { name: "what happened" }, { name: "request" }],
      fold.samples.map((one) => [
        foreign(one.executionId),
        foreign(one.reason),
        html`${foreign(one.message)}<br /><small>${foreign(one.where)}</small>`,
        foreign(one.requestId),
      ]),
    ),
  ])
}
