/** The judge of the bench: whether it sees what a rival does wrong. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, assert, describe, it } from "vitest"
import { difference, rowsIn } from "../src/SameRows.ts"

const folder = mkdtempSync(join(tmpdir(), "mixpeek-alerts-bench-test-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tables = (matches: string): string => {
  const path = mkdtempSync(join(folder, "run-"))
  writeFileSync(join(path, "executions.csv"), "execution_key,extra\r\na,\r\nb,\r\n")
  writeFileSync(join(path, "matches.csv"), matches)
  writeFileSync(join(path, "source_documents.csv"), "execution_key,position,document_id\r\n")
  return path
}

const expected = tables('key,metadata\r\na,"{""n"":1}"\r\nb,\r\nb,\r\n')

describe("the comparison of two exports", () => {
  it("takes rows in another order, and other quotes, for the same", async () => {
    assert.isNull(await difference(tables('key,metadata\nb,""\nb,\n"a","{""n"":1}"\n'), expected))
  })

  it.each([
    ["lacks one of two rows that are alike", 'key,metadata\na,"{""n"":1}"\nb,\n', /lacks a row/],
    ["has a row twice", 'key,metadata\na,"{""n"":1}"\na,"{""n"":1}"\nb,\nb,\n', /a row too many/],
    ["bends a number", 'key,metadata\na,"{""n"":1.0}"\nb,\nb,\n', /matches\.csv/],
  ])("notices a file that %s", async (_, matches, complaint) => {
    assert.match((await difference(tables(matches), expected)) ?? "", complaint)
  })

  it("counts the rows of all tables", async () => assert.strictEqual(await rowsIn(expected), 5))
})
