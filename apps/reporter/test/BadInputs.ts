/** Command lines of `export` that make no sense, with the code and the words that each must end with. */

export interface BadInput {
  readonly name: string
  readonly args: ReadonlyArray<string>
  readonly code: number
  /** What the sentence must speak of. */
  readonly says: RegExp
  readonly env?: Readonly<Record<string, string>>
  /** Whether not even an empty key is set. */
  readonly keyless?: boolean
}

const all = ["--all", "--out", "bad"]

export const badInputs: ReadonlyArray<BadInput> = [
  { name: "an unknown flag", args: [...all, "--frobnicate"], code: 64, says: /frobnicate/ },
  {
    name: "an ID with a slash",
    args: ["exec_1/../2", "--out", "bad"],
    code: 64,
    says: /"exec_1\/\.\.\/2" is not an execution ID\./,
  },
  { name: "an ID with a space", args: ["exec 1", "--out", "bad"], code: 64, says: /not an execution ID/ },
  {
    name: "an ID of 10,000 characters",
    args: ["x".repeat(10_000), "--out", "bad"],
    code: 64,
    says: /The execution ID .* is too long \(10000 characters, at most \d+\)\./,
  },
  { name: "an empty ID", args: ["", "--out", "bad"], code: 64, says: /The execution ID is empty\./ },
  {
    name: "an ID file that is missing",
    args: ["--ids", "missing.txt", "--out", "bad"],
    code: 64,
    says: /The ID file missing\.txt cannot be read \(ENOENT\)\./,
  },
  {
    name: "an ID file that is a directory",
    args: ["--ids", ".", "--out", "bad"],
    code: 64,
    says: /The ID file \. cannot be read \(EISDIR\)\./,
  },
  {
    name: "an ID file that is empty",
    args: ["--ids", "empty.txt", "--out", "bad"],
    code: 64,
    says: /empty\.txt: The list holds no execution ID\./,
  },
  {
    name: "an ID file that is binary",
    args: ["--ids", "binary", "--out", "bad"],
    code: 64,
    says: /This is binary, not a list of IDs\./,
  },
  {
    name: "a JSON line that is none",
    args: ["--ids", "bad.jsonl", "--out", "bad"],
    code: 64,
    says: /line 2: The line starts like JSON and is not\./,
  },
  {
    name: "a JSON line without an ID",
    args: ["--ids", "idless.jsonl", "--out", "bad"],
    code: 64,
    says: /line 1: The object has no execution_id\./,
  },
  {
    name: "a file as parent of --out",
    args: ["--all", "--out", "file/bad"],
    code: 73,
    says: /Cannot create \S+file \(E\w+\)\./,
  },
  {
    name: "a file as parent of -o",
    args: ["--all", "-o", "file/bad"],
    code: 73,
    says: /Cannot create \S+file \(E\w+\)\./,
  },
  {
    name: "a place where nothing can be made",
    args: ["--all", "--out", "/proc/bad"],
    code: 73,
    says: /Cannot create \/proc\S+ \(E\w+\)\./,
  },
  { name: "an --out that exists", args: ["--all", "--out", "there"], code: 73, says: /there exists already\./ },
  { name: "a directory as -o", args: ["--all", "-o", "there"], code: 73, says: /there is a directory\./ },
  { name: "a page size of 0", args: [...all, "--page-size", "0"], code: 64, says: /--page-size 0 is out of range\./ },
  {
    name: "a page size of 1001",
    args: [...all, "--page-size", "1001"],
    code: 64,
    says: /--page-size 1001 is out of range\./,
  },
  { name: "a page size that is text", args: [...all, "--page-size", "many"], code: 64, says: /page-size/ },
  {
    name: "a concurrency of 0",
    args: [...all, "--concurrency", "0"],
    code: 64,
    says: /--concurrency 0 is out of range\./,
  },
  { name: "a rate that is none", args: [...all, "--rate", "x"], code: 64, says: /--rate x is not a rate\./ },
  { name: "a rate of zero", args: [...all, "--rate", "0"], code: 64, says: /--rate 0 is not a rate\./ },
  {
    name: "a share of the rate above 1",
    args: [...all, "--rate-share", "2"],
    code: 64,
    says: /--rate-share 2 is out of range\./,
  },
  { name: "a table that there is not", args: [...all, "--table", "scores"], code: 64, says: /scores/ },
  { name: "a compression that there is not", args: [...all, "--compress", "rar"], code: 64, says: /rar/ },
  { name: "a score above 1", args: [...all, "--min-score", "2"], code: 64, says: /--min-score 2 is not a score\./ },
  {
    name: "a time that is none",
    args: [...all, "--since", "yesterdayish"],
    code: 64,
    says: /--since "yesterdayish" is not a time\./,
  },
  {
    name: "a filter that is none",
    args: [...all, "--where", "score:>much"],
    code: 64,
    says: /">much" is not a comparison for score\./,
  },
  {
    name: "a length of time that is none",
    args: [...all, "--max-duration", "soon"],
    code: 64,
    says: /--max-duration is not a length of time\./,
  },
  {
    name: "a number of failures that is none",
    args: [...all, "--max-failures", "some"],
    code: 64,
    says: /--max-failures some is neither a number nor a share\./,
  },
  {
    name: "a path to flatten that is none",
    args: [...all, "--flatten", "title"],
    code: 64,
    says: /"title" is not a path to flatten\./,
  },
  { name: "nothing to export", args: ["--out", "bad"], code: 64, says: /It is not said what to export\./ },
  { name: "two sources", args: ["exec_1", ...all], code: 64, says: /More than one source was given\./ },
  { name: "two targets", args: [...all, "-o", "x.csv"], code: 64, says: /--out and --output exclude each other\./ },
  { name: "a full walk without a state", args: [...all, "--full-walk"], code: 64, says: /--full-walk needs --state\./ },
  {
    name: "two opposite filters",
    args: [...all, "--triggered", "--not-triggered"],
    code: 64,
    says: /--triggered and --not-triggered exclude each other\./,
  },
  {
    name: "old runs to remove of one file",
    args: ["--all", "-o", "x.csv", "--keep", "2"],
    code: 64,
    says: /--keep is for run directories, not for --output\./,
  },
  {
    name: "one file with a state",
    args: ["--all", "-o", "x.csv", "--state", "s"],
    code: 64,
    says: /--state needs a run directory: one file cannot tell which run wrote it\./,
  },
  {
    name: "one file of a shard",
    args: ["--all", "-o", "x.csv", "--shard", "1/2"],
    code: 64,
    says: /--shard writes a run directory, which --output excludes\./,
  },
  {
    name: "a time that moves in a shard",
    args: [...all, "--since", "24h", "--shard", "1/2"],
    code: 64,
    says: /counts back from the start of each shard, so that each would mean another time\./,
  },
  {
    name: "an alert without a name",
    args: ["--alert", "", "--out", "bad"],
    code: 64,
    says: /An alert's name is empty, too long, or holds a control character\./,
  },
  { name: "an empty --out", args: ["--all", "--out", ""], code: 64, says: /--out is empty\./ },
  { name: "an empty -o", args: ["--all", "-o", ""], code: 64, says: /--output is empty\./ },
  { name: "an empty --state", args: [...all, "--state", " "], code: 64, says: /--state is empty\./ },
  {
    name: "compressed text on standard output",
    args: ["--all", "-o", "-", "--compress", "gzip"],
    code: 64,
    says: /--compress is for files, not for standard output\./,
  },
]
