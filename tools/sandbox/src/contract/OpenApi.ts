/** `/openapi.json`: the operations and schemas of the sandbox as an OpenAPI 3.1 document. */
import { JsonSchema, Schema } from "effect"
import { type Operation, operations } from "./Operation.ts"
import { ErrorResponse, HTTPValidationError } from "./WireSchema.ts"

const answers = operations.flatMap(({ answer, body }) => (body === undefined ? [answer] : [answer, body]))

const document = Schema.toJsonSchemaDocument(Schema.Union([...answers, ErrorResponse, HTTPValidationError]))

const components = JsonSchema.toMultiDocumentOpenApi3_1({
  dialect: document.dialect,
  schemas: [document.schema],
  definitions: document.definitions,
}).definitions

const referenceTo = (schema: Schema.Top): Readonly<Record<string, string>> => ({
  $ref: `#/components/schemas/${Schema.resolveAnnotations(schema)?.identifier}`,
})

const asJson = (schema: unknown) => ({ content: { "application/json": { schema } } })

/** FastAPI checks the query itself and answers in its own shape; everything else comes in the envelope. */
const refusal = (status: number) => ({
  description: `Refused with ${status}`,
  ...asJson(
    status === 422 ? { anyOf: [ErrorResponse, HTTPValidationError].map(referenceTo) } : referenceTo(ErrorResponse),
  ),
})

const pathItem = ({ answer, body, parameters, statuses, summary }: Operation) => ({
  summary,
  parameters,
  ...(body === undefined ? {} : { requestBody: { required: false, ...asJson(referenceTo(body)) } }),
  responses: {
    200: { description: summary, ...asJson(referenceTo(answer)) },
    ...Object.fromEntries(statuses.map((status) => [status, refusal(status)])),
  },
})

const paths = Object.fromEntries(
  operations.map((operation) => {
    const [method = "", path = ""] = operation.route.split(" ")
    return [path, { [method.toLowerCase()]: pathItem(operation) }]
  }),
)

/** The document; the same for every sandbox. */
export const openApi = {
  openapi: "3.1.0",
  info: {
    title: "Mixpeek alert executions, as the sandbox implements them",
    version: "0.82",
    description: "Generated from the schemas that the sandbox and the domain work with.",
  },
  security: [{ bearer: [] }],
  paths,
  components: { schemas: components, securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
}
