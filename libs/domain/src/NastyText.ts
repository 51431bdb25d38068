/** Text and numbers that documents really contain and that break readers and terminals. */

/** Ordinary short texts of several languages. */
export const titles: ReadonlyArray<string> = [
  "Q4 launch",
  "Evening news, 18:00",
  "街頭カメラ 12",
  "Überwachung Tor 3",
  'He said "stop"',
  "تقرير المساء",
  "🦊 fox cam 👨‍👩‍👧‍👦",
  "हिन्दी समाचार",
]

/** Texts that a CSV writer, a spreadsheet, a page or a terminal may trip over. */
export const texts: ReadonlyArray<string> = [
  "",
  " leading and trailing ",
  "line one\nline two",
  "line one\r\nline two\rline three",
  '"quoted", with a comma',
  "=1+1",
  '=HYPERLINK("http://example.invalid","click")',
  "+441632960000",
  "-5",
  "@SUM(A1:A9)",
  "＝１＋１",
  "\ttab first",
  "semicolon; pipe | backslash \\",
  "\u0000 nul inside \u0000",
  "\u001b[31mred\u001b[0m \u001b]8;;http://example.invalid\u0007link\u001b]8;;\u0007",
  "\u202eright-to-left override",
  "\ud83d lone surrogate",
  "\ufeffbyte order mark first",
  "<script>alert(1)</script>",
  "null",
  "NULL",
  "true",
  "NaN",
  "1e5",
  "2026-03-01",
  "\u2028line separator\u2029",
  "é composed, é decomposed",
]

/** JSON numbers that a double cannot hold, or that lose their spelling in one. */
export const numbers: ReadonlyArray<string> = [
  "12345678901234567890",
  "9007199254740993",
  "-9223372036854775808",
  "18446744073709551615",
  "1e400",
  "-0",
  "1.0",
  "0.1000000000000000055511151231257827",
  "6.02214076E+23",
]
