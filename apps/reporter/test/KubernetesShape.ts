/** Whether an object is what Kubernetes takes: by the published schemas, and, like its strict validation, without a field that they do not know. */
import { validate as cronJob } from "kubernetes-models/_schemas/IoK8sApiBatchV1CronJob"
import { validate as job } from "kubernetes-models/_schemas/IoK8sApiBatchV1Job"
import { validate as claim } from "kubernetes-models/_schemas/IoK8sApiCoreV1PersistentVolumeClaim"

interface Validate {
  (data: unknown): boolean
  errors?: ReadonlyArray<{ readonly instancePath: string; readonly message?: string; readonly keyword: string }> | null
}

const validators: Readonly<Record<string, unknown>> = {
  "batch/v1 CronJob": cronJob,
  "batch/v1 Job": job,
  "v1 PersistentVolumeClaim": claim,
}

/** The same value; what is read of it is remembered, and `unread` lists the rest. */
const observed = (value: unknown, path: string, unread: Set<string>): unknown => {
  if (typeof value !== "object" || value === null) return value
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      unread.add(`${path}.${key}`)
      return [key, observed(child, `${path}.${key}`, unread)]
    }),
  )
  const target = Array.isArray(value) ? Object.values(inner) : inner
  return new Proxy(target, {
    get: (own, key) => {
      unread.delete(`${path}.${String(key)}`)
      return Reflect.get(own, key) as unknown
    },
  })
}

/** What Kubernetes would not take about an object; empty when it would. */
export const kubernetesProblems = (object: {
  readonly apiVersion: string
  readonly kind: string
}): ReadonlyArray<string> => {
  const validate = validators[`${object.apiVersion} ${object.kind}`] as Validate | undefined
  if (validate === undefined) return [`${object.apiVersion} ${object.kind} is not known here`]
  const unread = new Set<string>()
  const fits = validate(observed(object, "", unread))
  return [
    ...(fits ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.keyword}`)),
    ...[...unread].map((path) => `${path} is not a field`),
  ]
}
