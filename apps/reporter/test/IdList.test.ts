import { describe, expect, it } from "@effect/vitest"
import { Arbitrary, Result, Schema } from "effect"
import { fromArguments, fromText } from "../src/IdList.ts"

const ids = (text: string): ReadonlyArray<string> => Result.getOrThrow(fromText(text, "list")).ids
const problem = (text: string): string => {
  const read = fromText(text, "list")
  return Result.isFailure(read) ? `${read.failure.kind}: ${read.failure.message}` : "no problem"
}

describe("a list of IDs", () => {
  it("keeps the order of first occurrence and counts what came again", () => {
    const list = Result.getOrThrow(fromText("b\na\nb\nc\na\n", "list"))
    expect(list).toEqual({ ids: ["b", "a", "c"], repeated: 2 })
  })

  const line = Schema.Literals(["", "  ", "# a comment", "exec_1", "\texec_2  ", "exec_3 # why", "#exec_4"])
  const end = Schema.Literals(["\n", "\r\n", "\r"])
  it.prop(
    "does not care for line ends, comments, blank lines, spaces and a byte order mark",
    [Arbitrary.array(Arbitrary.schema(line)), Arbitrary.schema(end), Arbitrary.schema(Schema.Boolean)],
    ([lines, lineEnd, marked]) => {
      const wanted = new Set(lines.flatMap((text) => /^\s*(exec_\d)/.exec(text)?.[1] ?? []))
      const text = `${marked ? "\uFEFF" : ""}exec_0${lineEnd}${lines.join(lineEnd)}`
      expect(ids(text)).toEqual(["exec_0", ...wanted])
    },
  )

  it("takes JSON lines, URLs and plain IDs, mixed", () => {
    const text = '{"execution_id":"exec_1","note":"# kept"}\nhttps://x.test/v1/alerts/executions/exec_2?x=1\nexec_3'
    expect(ids(text)).toEqual(["exec_1", "exec_2", "exec_3"])
  })

  it("names the line that is wrong", () => {
    expect(problem("exec_1\nexec 2\n")).toBe('BadIdFile: list, line 2: "exec 2" is not an execution ID.')
    expect(problem('exec_1\r\n\r\n{"execution_id":')).toContain("list, line 3: The line starts like JSON and is not.")
    expect(problem('{"execution_id": 7}')).toContain("list, line 1: The object has no execution_id.")
    expect(problem("[1]")).toContain("list, line 1: ")
    expect(problem("a/b")).toContain("list, line 1: ")
  })

  it("refuses binary files and empty lists", () => {
    expect(problem("exec_1\n\0")).toContain("binary")
    for (const nothing of ["", "\n\n", "# only a comment", "\uFEFF"])
      expect(problem(nothing)).toContain("no execution ID")
  })

  it("refuses what is no ID among the arguments", () => {
    for (const bad of ["", "a b", "a/b", "..", "x".repeat(10_000), "é", "-x"]) {
      const read = fromArguments(["exec_1", bad])
      expect(Result.isFailure(read) && read.failure.kind, JSON.stringify(bad.slice(0, 20))).toBe("Usage")
    }
  })
})
