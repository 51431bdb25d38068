/** The files of `schedule/`, read as those who use them would. */
import * as Yaml from "effect/encoding/Yaml"
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"

export const schedules = join(import.meta.dirname, "..", "schedule")
export const read = (name: string): string => readFileSync(join(schedules, name), "utf8")

interface Container {
  readonly name: string
  readonly args: ReadonlyArray<string>
  readonly env: ReadonlyArray<{ readonly name: string; readonly value?: string }>
  readonly securityContext: Readonly<Record<string, unknown>>
}

interface JobSpec {
  readonly completions?: number
  readonly podFailurePolicy: {
    readonly rules: ReadonlyArray<{
      readonly action: string
      readonly onExitCodes?: { readonly containerName: string; readonly values: ReadonlyArray<number> }
    }>
  }
  readonly template: {
    readonly spec: {
      readonly restartPolicy: string
      readonly securityContext: Readonly<Record<string, unknown>>
      readonly containers: ReadonlyArray<Container>
    }
  }
}

interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly spec: JobSpec & { readonly schedule?: string; readonly jobTemplate?: { readonly spec: JobSpec } }
}

export const objects = (name: string): ReadonlyArray<KubernetesObject> =>
  read(name)
    .split(/^---$/m)
    .map((text) => Yaml.parse(text) as KubernetesObject)

export const jobs = [...objects("kubernetes-cronjob.yaml"), ...objects("kubernetes-shards.yaml")]
  .filter(({ kind }) => kind !== "PersistentVolumeClaim")
  .map(({ spec }) => spec.jobTemplate?.spec ?? spec)

/** Codes after which another try would end the same, and those after which it goes on. */
export const final = [64, 65, 66, 70, 73, 74, 77, 78, 80]
export const again = [69, 75, 76]

const inPython = (code: string): unknown =>
  JSON.parse(execFileSync("python3", ["-c", code, join(schedules, "airflow_dag.py")], { encoding: "utf8" }))

export const airflow = inPython(`
import ast, json, sys
tree = ast.parse(open(sys.argv[1]).read())
compile(tree, sys.argv[1], "exec")
found = {t.id: ast.literal_eval(n.value) for n in tree.body if isinstance(n, ast.Assign) for t in n.targets}
calls = [k.value.value for n in ast.walk(tree) if isinstance(n, ast.Call) for k in n.keywords if k.arg == "schedule"]
print(json.dumps({"command": found["COMMAND"], "retry": sorted(found["RETRY"]), "skip": sorted(found["SKIP"]), "schedule": calls}))
`) as {
  readonly command: ReadonlyArray<string>
  readonly retry: ReadonlyArray<number>
  readonly skip: ReadonlyArray<number>
  readonly schedule: ReadonlyArray<string>
}

interface Workflow {
  readonly on: { readonly schedule: ReadonlyArray<{ readonly cron: string }> }
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: {
    readonly export: {
      readonly steps: ReadonlyArray<{ readonly uses?: string; readonly run?: string; readonly name?: string }>
    }
  }
}

export const workflow = Yaml.parse(read("github-actions.yml")) as Workflow
export const cronLines = read("crontab")
  .split("\n")
  .filter((line) => /^[\d*]/.test(line))
export const unit = (name: string, key: string): ReadonlyArray<string> =>
  [...read(name).matchAll(new RegExp(`^${key}=(.*)$`, "gm"))].map(([, value]) => value as string)

/** Every command line of this program in the files, as its arguments. */
export const commandLines = (): ReadonlyArray<readonly [string, ReadonlyArray<string>]> => {
  const inText = (name: string) =>
    [...read(name).matchAll(/^(?!.*install)[^`\n]*mixpeek-alerts-reporter ((?:export|merge)\b[^\n|&]*)/gm)].map(
      ([, text]) => [name, (text as string).replace(/\s*(2>>.*)?$/, "").split(/\s+/)] as const,
    )
  return [
    ...[
      "mixpeek-alerts-export.service",
      "crontab",
      "github-actions.yml",
      "kubernetes-shards.yaml",
      "Dockerfile",
    ].flatMap(inText),
    ...jobs.map(({ template }) => ["kubernetes", template.spec.containers[0]?.args ?? []] as const),
    ["airflow_dag.py", airflow.command.slice(1)],
  ]
}
