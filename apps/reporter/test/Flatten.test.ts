import { decodePage, type ExecutionRecord } from "@mixpeek-alerts/domain"
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { flatCells, parseFlatten } from "../src/Flatten.ts"

const record = (matches: string): ExecutionRecord => {
  const json = `{"execution_id":"e","alert_id":"a","collection_id":"c","triggered":true,"match_count":1,"matches":${matches},"executed_at":"2026-03-01T00:00:00Z","duration_ms":1}`
  return Result.getOrThrow(decodePage(`{"results":[${json}]}`)).records[0] as ExecutionRecord
}

const match = (rest: string): string => `{"document_id":"d","score":1.0,${rest}}`

const cells = (paths: string, rest: string) =>
  flatCells(record(`[${match(rest)}]`), Result.getOrThrow(parseFlatten(paths)))[0]

describe("flattened columns", () => {
  it("give strings bare, nulls and absences empty, and everything else as it was spelled", () => {
    const metadata =
      '"metadata": {"s": "a\\n\\"b\\"", "e": "", "n": 12345678901234567890, "f": 25.0, "b": false, "z": null, "o": {"x": [1, 2.50]}}'
    expect(cells("metadata.s,metadata.e,metadata.n,metadata.f,metadata.b,metadata.z,metadata.q", metadata)).toEqual([
      'a\n"b"',
      "",
      "12345678901234567890",
      "25.0",
      "false",
      null,
      null,
    ])
    expect(cells("metadata.o,metadata.o.x", metadata)).toEqual(['{"x": [1, 2.50]}', "[1, 2.50]"])
  })

  it("give null for a path through something that is not an object", () => {
    for (const metadata of [
      '"metadata": null',
      '"metadata": {"a": 5}',
      '"metadata": {"a": "b"}',
      '"metadata": {"a": [1]}',
    ]) {
      expect(cells("metadata.a.b", metadata), metadata).toEqual([null])
    }
    expect(cells("matched_features.label", '"metadata": {}')).toEqual([null])
  })

  it("have one row for each match, in order", () => {
    const all = flatCells(
      record(`[${match('"metadata":{"a":1}')},${match('"metadata":{}')},${match('"metadata":{"a":"x"}')}]`),
      Result.getOrThrow(parseFlatten("metadata.a")),
    )
    expect(all).toEqual([["1"], [null], ["x"]])
  })

  it("are named by their paths, each once", () => {
    const columns = Result.getOrThrow(parseFlatten(" metadata.a.b , matched_features.c,metadata.a.b"))
    expect(columns.map((column) => column.name)).toEqual(["metadata.a.b", "matched_features.c"])
  })

  it("are refused when they are no paths of the metadata or the features", () => {
    for (const bad of ["", "metadata", "metadata.", "metadata..a", "score.a", ".metadata.a"]) {
      const error = Result.getOrThrow(Result.flip(parseFlatten(bad)))
      expect(error).toMatchObject({ exitCode: 64, message: `"${bad}" is not a path to flatten.` })
    }
    expect(Result.isFailure(parseFlatten("metadata.a,"))).toBe(true)
  })
})
