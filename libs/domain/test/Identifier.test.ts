import { Result, Schema } from "effect"
import { assert, describe, it } from "@effect/vitest"
import { ExecutionId, maxIdLength, parseExecutionId } from "../src/Identifier.ts"
import { nastyText, text } from "./Arbitraries.ts"

const id = (input: string): string => Result.getOrThrow(parseExecutionId(input))
const problem = (input: string) => Result.getOrThrow(Result.flip(parseExecutionId(input)))
const rejected = (input: string): boolean => Result.isFailure(parseExecutionId(input))

describe("parseExecutionId", () => {
  it("takes an ID as it is, without the white space around it", () => {
    for (const one of ["exec_8f3c21", "e", "0", "A-b.c:d~e_f", "x".repeat(maxIdLength)])
      assert.strictEqual(id(one), one)
    assert.strictEqual(id("  exec_1\r\n"), "exec_1")
    assert.strictEqual(id("\uFEFFexec_1"), "exec_1")
  })

  it("takes the ID out of a URL, whatever follows it", () => {
    for (const end of ["", "/", "?a=1", "#top", "/?a=1#top", "?next=/executions/exec_2", "#/executions/exec_2"]) {
      assert.strictEqual(id(`https://api.mixpeek.com/v1/alerts/executions/exec_1${end}`), "exec_1")
    }
    assert.strictEqual(id("http://localhost:4010/executions/exec_1"), "exec_1")
    assert.strictEqual(id(" https://x.example/executions/executions/exec_1\n"), "exec_1")
  })

  it("rejects a URL that does not end in an execution", () => {
    const paths = ["/v1/alerts/executions", "/executions/", "/executions/exec_1/matches", "/?q=/executions/exec_1", ""]
    for (const path of paths) assert.isTrue(rejected(`https://api.mixpeek.com${path}`), path)
    assert.isTrue(rejected("ftp://api.mixpeek.com/executions/exec_1"))
    assert.isTrue(rejected("javascript:/executions/exec_1"))
  })

  it("rejects a URL whose ID is none", () => {
    for (const last of ["..", ".", "%2e%2e", "exec%2F1", "%00", "exec_1%0a", "-x", "x".repeat(maxIdLength + 1), "é"]) {
      assert.isTrue(rejected(`https://api.mixpeek.com/executions/${last}`), last)
    }
  })

  it("rejects what could change the path of a request", () => {
    const paths = ["a/b", "../alerts", "..", ".", "...", "a/../b", "/a", "a/", "a\\b", "%2e%2e", "a%2fb", "a?b", "a#b"]
    const spaces = ["a b", "a\nb", "a\r\nHost: x", "a\tb", "a\0b", "a\u00a0b", "a\u2028b", "a\u200bb", "a\u001b[31m"]
    const marks = [
      "a,b",
      '"a"',
      "a;b",
      "a&b",
      "a=b",
      "a@b",
      "{a}",
      "[a]",
      "<a>",
      "a|b",
      "a*",
      "$a",
      "-rf",
      "--help",
      "_a",
    ]
    const letters = ["顔", "é", "ｅxec_1", "exec_１", "😀", "\ud83d", "exec_\u202e1", "ı"]
    for (const one of [...paths, ...spaces, ...marks, ...letters]) assert.isTrue(rejected(one), JSON.stringify(one))
  })

  it("says that an ID is empty or too long, and how an ID looks", () => {
    for (const one of ["", " ", "\n", "\uFEFF"]) assert.include(problem(one).message, "empty")
    const long = problem("x".repeat(10_000))
    assert.match(long.message, /^The execution ID "x+…" is too long \(10000 characters, at most 200\)\.$/)
    assert.include(long.message, String(maxIdLength))
    assert.isBelow(long.message.length, 200)
    assert.include(problem("a b").hint, "exec_")
  })

  it.prop("lets through only what stays one segment of a path", [text, nastyText], ([some, nasty]) => {
    for (const input of [some, nasty, `exec_${some}`, `exec_${nasty}`, `https://x.example/executions/${some}`]) {
      const parsed = parseExecutionId(input)
      if (Result.isFailure(parsed)) {
        assert.isBelow(parsed.failure.message.length, 500)
        assert.notMatch(parsed.failure.message, /\p{Cc}|\p{Cs}/u)
        continue
      }
      const { href } = new URL(`https://api.example/v1/executions/${parsed.success}`)
      assert.strictEqual(href, `https://api.example/v1/executions/${parsed.success}`)
      assert.strictEqual(encodeURIComponent(parsed.success).replaceAll("%3A", ":"), parsed.success)
      assert.isTrue(input.includes(parsed.success))
    }
  })

  it("answers a hostile URL of a million characters at once", () => {
    const start = performance.now()
    for (const piece of ["/executions/", "/executions", "https://", "a/", "? "]) {
      assert.isTrue(rejected(`https://x/${piece.repeat(1_000_000 / piece.length)} `.concat("!")))
    }
    assert.isBelow(performance.now() - start, 2000)
  })
})

describe("ExecutionId", () => {
  it("is any text that the server sends, but not nothing", () => {
    const accepts = Schema.is(ExecutionId)
    for (const one of ["exec_1", "a/b", "顔", " "]) assert.isTrue(accepts(one))
    for (const one of ["", null, 5]) assert.isFalse(accepts(one))
  })
})
