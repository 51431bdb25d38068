import { validate as lintDockerfile } from "dockerfile-utils"
import { Cron, Result } from "effect"
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { kubernetesProblems } from "./KubernetesShape.ts"
import { environment, program, run, scratch } from "./Reporter.ts"
import {
  again,
  airflow,
  commandLines,
  cronLines,
  final,
  jobs,
  objects,
  read,
  schedules,
  unit,
  workflow,
} from "./Schedules.ts"
import { type Server, startServer } from "./Server.ts"

const work = scratch()
let server: Server

beforeAll(async () => {
  server = await startServer({ executions: 20 })
}, 60_000)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  work[Symbol.dispose]()
})

describe("the schedules", () => {
  it("are all in this test", () => {
    expect(readdirSync(schedules).toSorted()).toEqual([
      "Dockerfile",
      "README.md",
      "airflow_dag.py",
      "crontab",
      "github-actions.yml",
      "kubernetes-cronjob.yaml",
      "kubernetes-shards.yaml",
      "mixpeek-alerts-export.service",
      "mixpeek-alerts-export.timer",
      "mixpeek-alerts-failed@.service",
    ])
  })

  it("have command lines that the program takes: it plans each, and would write where it says", async () => {
    const lines = commandLines()
    expect(new Set(lines.map(([name]) => name)).size).toBe(7)
    const env = { JOB_COMPLETION_INDEX: "0", JOB_COMPLETIONS: "4" }
    const ended = await Promise.all(
      lines
        .filter(([, [command]]) => command === "export")
        .map(
          async ([name, [, ...args]]) => [name, await run(["plan", ...args], { server, env, cwd: work.path })] as const,
        ),
    )
    expect(ended.length).toBeGreaterThanOrEqual(7)
    for (const [name, { code, stderr, stdout }] of ended) {
      expect([name, code, stderr]).toEqual([name, 0, ""])
      expect(stdout).toContain("request")
    }
    const merge = lines.find(([, [command]]) => command === "merge")
    const refused = await run([...(merge?.[1] ?? [])], { cwd: work.path })
    expect([refused.code, refused.stderr]).not.toEqual([64, expect.stringMatching(/nrecognized|nknown/)])
  })

  it("keep the key out of the command line and of the environment", () => {
    for (const name of readdirSync(schedules)) {
      expect([name, read(name)]).toEqual([name, expect.not.stringMatching(/\bsk_|MIXPEEK_API_KEY[=:] ?["']?(?!\$)\w/)])
      if (name === "README.md" || name.endsWith(".timer") || name.includes("failed")) continue
      expect([name, read(name)]).toEqual([name, expect.stringContaining("MIXPEEK_API_KEY_FILE")])
    }
  })

  it("agree on what retries and what alerts", () => {
    const kubernetes = jobs.map(({ podFailurePolicy }) =>
      podFailurePolicy.rules.flatMap((rule) => rule.onExitCodes?.values ?? []),
    )
    expect(kubernetes).toEqual([final, final])
    expect(unit("mixpeek-alerts-export.service", "RestartPreventExitStatus")).toEqual([final.join(" ")])
    expect(unit("mixpeek-alerts-export.service", "SuccessExitStatus")).toEqual(["81"])
    expect([airflow.retry, airflow.skip]).toEqual([again, [81, 82]])
    const table = [...read("README.md").matchAll(/^\| ([\d, ]+) \| (\w+)/gm)].map(([, codes, does]) => [codes, does])
    expect(table).toEqual([
      ["0", "nothing"],
      [again.join(", "), "tries"],
      ["81", "nothing"],
      ["80", "alerts"],
      [final.filter((code) => code !== 80).join(", "), "alerts"],
    ])
  })

  it.for([0, 64, 69, 75, 80, 81])("in GitHub Actions try again or end as they should with code %i", (code) => {
    const script = workflow.jobs.export.steps.find(({ name }) => name === "export")?.run ?? ""
    const bin = work.in(`bin-${code}`)
    mkdirSync(bin)
    writeFileSync(join(bin, "mixpeek-alerts-reporter"), `#!/bin/sh\necho tried\nexit ${code}\n`, { mode: 0o755 })
    writeFileSync(join(bin, "sleep"), "#!/bin/sh\n", { mode: 0o755 })
    const ended = spawnSync("bash", ["-e", "-o", "pipefail", "-c", script], {
      encoding: "utf8",
      env: { PATH: `${bin}:${process.env["PATH"]}` },
    })
    expect([ended.status, ended.stdout.trim().split("\n").length]).toEqual([code, [69, 75, 81].includes(code) ? 4 : 1])
  })

  it("start at times that are times, and every timer knows the same one", () => {
    const nightly = [
      ...objects("kubernetes-cronjob.yaml").flatMap(({ spec }) => spec.schedule ?? []),
      ...airflow.schedule,
      ...workflow.on.schedule.map(({ cron }) => cron),
    ]
    expect(nightly).toEqual(Array.from({ length: 3 }, () => "17 1 * * *"))
    for (const text of [...nightly, ...cronLines.map((line) => line.split(" ").slice(0, 5).join(" "))]) {
      expect(Result.isSuccess(Cron.parse(text, "UTC"))).toBe(true)
    }
    expect(cronLines).toHaveLength(1)
    // A percent sign would end the command there.
    expect(cronLines.join("")).not.toContain("%")
  })

  it("for Kubernetes are what its schemas ask for, and nothing besides", () => {
    const all = [...objects("kubernetes-cronjob.yaml"), ...objects("kubernetes-shards.yaml")]
    expect(all.map(({ kind }) => kind)).toEqual(["PersistentVolumeClaim", "CronJob", "Job"])
    for (const object of all) expect(kubernetesProblems(object)).toEqual([])
    const [claim] = all
    expect(kubernetesProblems({ ...claim, spec: { ...claim?.spec, acessModes: [] } } as never)).toEqual([
      ".spec.acessModes is not a field",
    ])
    for (const { template } of jobs) {
      const { containers, restartPolicy, securityContext } = template.spec
      // Without it, Kubernetes refuses a podFailurePolicy.
      expect(restartPolicy).toBe("Never")
      expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532 })
      expect(containers[0]?.securityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
      })
    }
    const sharded = jobs[1]
    const count = sharded?.template.spec.containers[0]?.env.find(({ name }) => name === "JOB_COMPLETIONS")?.value
    expect(count).toBe(String(sharded?.completions))
  })

  it("for GitHub need no more than to read", () => {
    expect(workflow.permissions).toEqual({ contents: "read" })
    for (const { run: script, uses } of workflow.jobs.export.steps) {
      expect(uses === undefined || /^actions\/[\w/-]+@v\d+$/.test(uses)).toBe(true)
      // Text of GitHub is never part of a script, where it could be a command.
      expect(script ?? "").not.toContain("${{")
    }
  })

  it("for Docker have an image without root, shell or what is not built", () => {
    const text = read("Dockerfile")
    expect(lintDockerfile(text).map(({ message }) => message)).toEqual([])
    expect(text).toMatch(/^USER 65532:65532$/m)
    expect(text).toMatch(/^STOPSIGNAL SIGTERM$/m)
    const [, entry] = /^ENTRYPOINT (\[.*\])$/m.exec(text) ?? []
    expect(JSON.parse(entry ?? "[]")).toEqual(["/nodejs/bin/node", "/app/mixpeek-alerts-reporter.mjs"])
    expect(existsSync(program)).toBe(true)
    for (const [, from] of text.matchAll(/^COPY \S+ (\S+)/gm)) {
      expect(existsSync(join(schedules, "..", from as string))).toBe(true)
    }
    expect(text).not.toMatch(/^RUN /m)
  })

  it.runIf(existsSync("/usr/bin/systemd-analyze"))("for systemd are taken by systemd-analyze", () => {
    const units = work.in("units")
    mkdirSync(units)
    for (const name of readdirSync(schedules).filter((one) => /\.(service|timer)$/.test(one))) {
      writeFileSync(join(units, name), read(name).replace("/usr/local/bin/mixpeek-alerts-reporter", process.execPath))
    }
    const names = ["mixpeek-alerts-export.service", "mixpeek-alerts-export.timer"].map((name) => join(units, name))
    const ended = spawnSync("systemd-analyze", ["verify", ...names], { encoding: "utf8", env: environment({}) })
    expect([ended.status, ended.stderr]).toEqual([0, ""])
    const [calendar] = unit("mixpeek-alerts-export.timer", "OnCalendar")
    expect(spawnSync("systemd-analyze", ["calendar", calendar ?? ""]).status).toBe(0)
  })
})
