/** Models for tests of what the screen does and shows. */
import { demo } from "../src/Demo.ts"
import { Mixpeek } from "@mixpeek-alerts/client"
import { type Alert, type Decoded, ExecutionId, type Page } from "@mixpeek-alerts/domain"
import { Effect, Stream } from "effect"
import { newestId } from "../src/Demo.ts"
import type { Message } from "../src/tui/Message.ts"
import type { Model } from "../src/tui/Model.ts"
import { initialModel } from "../src/tui/Show.ts"
import { update } from "../src/tui/Update.ts"

/** Two minutes after the newest execution of the demo. */
export const at = Date.UTC(2026, 2, 1, 4, 15, 27)

const ask = <A>(question: (mixpeek: Mixpeek["Service"]) => Effect.Effect<A, unknown>): A =>
  Effect.runSync(Effect.orDie(Effect.flatMap(Mixpeek, question)).pipe(Effect.provide(demo)))

export const pageOf = (size: number, cursor?: Page["next"]): Page =>
  ask((mixpeek) => mixpeek.page({ pageSize: size, ...(cursor == null ? {} : { cursor }) }))

export const recordOf = (id: string): Decoded => ask((mixpeek) => mixpeek.record(ExecutionId.make(id)))

/** The alerts of the demo. */
export const alertsOf = (): ReadonlyArray<Alert> => ask((mixpeek) => Stream.runCollect(mixpeek.alerts()))

export const newest = newestId()

export const theme = { ascii: false, color: false, palette: "terminal" } as const
export const source = { demo: false, baseUrl: "https://api.mixpeek.com", namespace: null }

/** A model that nothing has arrived for. */
export const waitingModel = (target: string | null = null, columns = 80, rows = 24): Model =>
  initialModel(
    { target: target === null ? null : ExecutionId.make(target), theme, source, lookedAt: null },
    { columns, rows },
    at,
  )

/** The model after these messages. */
export const after = (model: Model, ...messages: ReadonlyArray<Message>): Model =>
  messages.reduce((current, message) => update(current, message).model, model)

/** The model after these keys. */
export const pressing = (model: Model, ...presses: ReadonlyArray<string>): Model =>
  after(model, ...presses.map((press): Message => ({ _tag: "Pressed", press })))

/** The list with one page of the demo. */
export const listed = (columns = 80, rows = 24, size = 100): Model =>
  after(waitingModel(null, columns, rows), { _tag: "PageLoaded", page: pageOf(size), more: false, at })

/** The newest execution of the demo, open. */
export const openedModel = (columns = 80, rows = 24): Model =>
  after(waitingModel(newest, columns, rows), { _tag: "ExecutionLoaded", id: newest, record: recordOf(newest), at })

/** The presses that type a text. */
export const letters = (text: string): ReadonlyArray<string> => text.split("")
