/** Tables that a screen reader can walk through: a caption, and heads for columns and rows. */
import { html, type Html, type Part } from "../Html.ts"

export interface Column {
  readonly name: string
  readonly numeric?: boolean
}

const cell = (column: Column | undefined, value: Part): Html =>
  column?.numeric === true ? html`<td class="n">${value}</td>` : html`<td>${value}</td>`

/** A table; the first cell of each row is its head. It scrolls by itself where it is wider than the page. */
export const dataTable = (
  caption: string,
  columns: ReadonlyArray<Column>,
  rows: ReadonlyArray<ReadonlyArray<Part>>,
): Html =>
  html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ name, numeric }) => (numeric === true ? html`<th scope="col" class="n">${name}</th>` : html`<th scope="col">${name}</th>`))}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([head, ...cells]) =>
            html`<tr>
              <th scope="row">${head ?? ""}</th>
              ${cells.map((value, index) => cell(columns[index + 1], value))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`

/** A picture with its figures behind it, as a table that opens. */
export const figure = (picture: Html, table: Html): Html =>
  html`<figure>
    ${picture}
    <details>
      <summary>The figures as a table</summary>
      ${table}
    </details>
  </figure>`

/** A share as a bar in a table; the number stands beside it, so it needs no name. */
export const shareBar = (share: number, kind: string): Html =>
  html`<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="rail" width="100" height="8" />
    <rect class="${kind}" width="${(100 * Math.min(1, share)).toFixed(1)}" height="8" />
  </svg>`

/** A part of the page under a heading. */
export const section = (id: string, heading: string, lead: Part, content: ReadonlyArray<Html>): Html =>
  html`<section aria-labelledby="${id}">
    <h2 id="${id}">${heading}</h2>
    <p class="lead">${lead}</p>
    ${content}
  </section> `
