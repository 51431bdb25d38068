/** Command lines of `export` that make no sense, with the code and the words that each must end with. */

export interface BadInput {
  readonly name: string
  readonly args: ReadonlyArray<string>
  readonly code: number
  /** What the sentence must speak of. */
  readonly says: RegExp
  readonly env?: Readonly<Record<string, string>>
  readonly keyless?: boolean
}

const all = ["--all", "--out", "bad"]

export const badInputs: ReadonlyArray<BadInput> = [
  { name: "no key", args: all, code: 77, says: /key/i, env: { MIXPEEK_API_KEY: "" }, keyless: true },
  { name: "an empty key", args: all, code: 77, says: /key/i, env: { MIXPEEK_API_KEY: "" } },
  { name: "a key with a newline", args: all, code: 78, says: /key/i, env: { MIXPEEK_API_KEY: "sk_\ncanary" } },
  {
    name: "plain HTTP to another machine",
    args: all,
    code: 78,
    says: /https/i,
    env: { MIXPEEK_BASE_URL: "http://example.invalid" },
  },
  { name: "a base URL that is none", args: all, code: 78, says: /URL/, env: { MIXPEEK_BASE_URL: "not a url" } },
  { name: "an unknown flag", args: [...all, "--frobnicate"], code: 64, says: /frobnicate/ },
  { name: "an ID with a slash", args: ["exec_1/../2", "--out", "bad"], code: 64, says: /not an execution ID/ },
  { name: "an ID with a space", args: ["exec 1", "--out", "bad"], code: 64, says: /not an execution ID/ },
  { name: "an ID of 10,000 characters", args: ["x".repeat(10_000), "--out", "bad"], code: 64, says: /too long/ },
  { name: "an empty ID", args: ["", "--out", "bad"], code: 64, says: /empty/ },
  {
    name: "an ID file that is missing",
    args: ["--ids", "missing.txt", "--out", "bad"],
    code: 64,
    says: /missing\.txt/,
  },
  { name: "an ID file that is a directory", args: ["--ids", ".", "--out", "bad"], code: 64, says: /EISDIR/ },
  { name: "an ID file that is empty", args: ["--ids", "empty.txt", "--out", "bad"], code: 64, says: /no execution ID/ },
  { name: "an ID file that is binary", args: ["--ids", "binary", "--out", "bad"], code: 64, says: /binary/ },
  { name: "a JSON line that is none", args: ["--ids", "bad.jsonl", "--out", "bad"], code: 64, says: /line 2/ },
  { name: "a JSON line without an ID", args: ["--ids", "idless.jsonl", "--out", "bad"], code: 64, says: /line 1/ },
  { name: "a file as parent of --out", args: ["--all", "--out", "file/bad"], code: 73, says: /create/ },
  { name: "a file as parent of -o", args: ["--all", "-o", "file/bad"], code: 73, says: /create/ },
  { name: "a place where nothing can be made", args: ["--all", "--out", "/proc/bad"], code: 73, says: /create/ },
  { name: "an --out that exists", args: ["--all", "--out", "there"], code: 73, says: /exists/ },
  { name: "a directory as -o", args: ["--all", "-o", "there"], code: 73, says: /director/ },
  { name: "a page size of 0", args: [...all, "--page-size", "0"], code: 64, says: /page-size 0/ },
  { name: "a page size of 1001", args: [...all, "--page-size", "1001"], code: 64, says: /page-size 1001/ },
  { name: "a page size that is text", args: [...all, "--page-size", "many"], code: 64, says: /page-size/ },
  { name: "a concurrency of 0", args: [...all, "--concurrency", "0"], code: 64, says: /concurrency/ },
  { name: "a rate that is none", args: [...all, "--rate", "x"], code: 64, says: /rate x/ },
  { name: "a rate of zero", args: [...all, "--rate", "0"], code: 64, says: /rate 0/ },
  { name: "a share of the rate above 1", args: [...all, "--rate-share", "2"], code: 64, says: /rate-share 2/ },
  { name: "a table that there is not", args: [...all, "--table", "scores"], code: 64, says: /scores/ },
  { name: "a compression that there is not", args: [...all, "--compress", "rar"], code: 64, says: /rar/ },
  { name: "a score above 1", args: [...all, "--min-score", "2"], code: 64, says: /min-score 2/ },
  { name: "a time that is none", args: [...all, "--since", "yesterdayish"], code: 64, says: /since yesterdayish/ },
  { name: "a filter that is none", args: [...all, "--where", "score:>much"], code: 64, says: /score/ },
  { name: "a length of time that is none", args: [...all, "--max-duration", "soon"], code: 64, says: /max-duration/ },
  {
    name: "a number of failures that is none",
    args: [...all, "--max-failures", "some"],
    code: 64,
    says: /max-failures/,
  },
  { name: "a path to flatten that is none", args: [...all, "--flatten", "title"], code: 64, says: /flatten/ },
  { name: "nothing to export", args: ["--out", "bad"], code: 64, says: /what to export/ },
  { name: "two sources", args: ["exec_1", ...all], code: 64, says: /source/ },
  { name: "two targets", args: [...all, "-o", "x.csv"], code: 64, says: /exclude/ },
  { name: "a full walk without a state", args: [...all, "--full-walk"], code: 64, says: /full-walk needs --state/ },
  { name: "two opposite filters", args: [...all, "--triggered", "--not-triggered"], code: 64, says: /exclude/ },
  { name: "an empty --out", args: ["--all", "--out", ""], code: 64, says: /empty/ },
  {
    name: "compressed text on standard output",
    args: ["--all", "-o", "-", "--compress", "gzip"],
    code: 64,
    says: /compress/,
  },
]
