import { Arbitrary, Option, Schema } from "effect"
import { assert, describe, it } from "@effect/vitest"
import { Alert, AlertPage } from "../src/Alert.ts"

const least = { name: "logo", notification_config: { channels: [], include_matches: true, include_scores: false } }
const decode = Schema.decodeUnknownSync(Alert)
const rejects = (input: unknown): boolean => Option.isNone(Schema.decodeUnknownOption(Alert)(input))

describe("Alert", () => {
  it("needs nothing but what the reference requires", () => {
    assert.deepStrictEqual<unknown>(decode(least), {
      name: "logo",
      notificationConfig: { channels: [], includeMatches: true, includeScores: false },
    })
  })

  it("gives every field that is shown its own place, and leaves out the rest", () => {
    const channels = [
      { channel_type: "slack", channel_id: "C1", config: { token: "secret" } },
      { channel_type: "webhook" },
    ]
    const alert = decode({
      ...least,
      alert_id: "alt_1",
      description: "Logos, 顔",
      enabled: false,
      notification_config: { ...least.notification_config, channels, template_id: null },
      created_at: "not even a date",
      retriever_id: 5,
      metadata: { a: 1 },
    })
    assert.deepStrictEqual<unknown>(alert, {
      alertId: "alt_1",
      name: "logo",
      description: "Logos, 顔",
      enabled: false,
      notificationConfig: {
        channels: [{ channelType: "slack", channelId: "C1" }, { channelType: "webhook" }],
        includeMatches: true,
        includeScores: false,
      },
    })
  })

  it("takes every optional field as null", () => {
    const channels = [{ channel_type: "email", channel_id: null }]
    const alert = decode({
      ...least,
      alert_id: null,
      description: null,
      enabled: null,
      notification_config: { ...least.notification_config, channels },
    })
    assert.deepStrictEqual([alert.alertId, alert.description, alert.enabled], [null, null, null])
    assert.isNull(alert.notificationConfig.channels[0]?.channelId)
  })

  it("is rejected without a name or with a field of the wrong type", () => {
    const config = least.notification_config
    const wrong = [
      { notification_config: config },
      { name: "logo" },
      { ...least, name: "" },
      { ...least, name: null },
      { ...least, alert_id: "" },
      { ...least, enabled: "yes" },
      { ...least, notification_config: { ...config, channels: null } },
      { ...least, notification_config: { ...config, channels: [{ channel_id: "C1" }] } },
      { ...least, notification_config: { ...config, include_matches: 1 } },
    ]
    for (const input of [null, [], "logo", ...wrong]) assert.isTrue(rejects(input), JSON.stringify(input))
  })

  it.prop("is the same after encoding and decoding again", [Arbitrary.schema(Alert)], ([alert]) => {
    const sent: unknown = JSON.parse(JSON.stringify(Schema.encodeSync(Alert)(alert)))
    assert.deepStrictEqual(decode(sent), alert)
  })
})

describe("AlertPage", () => {
  const page = Schema.decodeUnknownSync(AlertPage)

  it("keeps the alerts in the order of the server", () => {
    const results = ["b", "a", "顔"].map((name) => ({ ...least, name }))
    assert.deepStrictEqual(
      page({ results }).results.map((alert) => alert.name),
      ["b", "a", "顔"],
    )
  })

  it("reads the next cursor where the server gives one", () => {
    const cursor = (pagination: unknown) => page({ results: [], pagination }).pagination?.nextCursor
    assert.strictEqual(cursor({ next_cursor: "abc", total: 3, page: null }), "abc")
    assert.isNull(cursor({ next_cursor: null }))
    assert.isUndefined(cursor({}))
    assert.isUndefined(cursor(null))
    assert.isUndefined(page({ results: [] }).pagination)
  })

  it("is rejected without results", () => {
    for (const input of [{}, { results: null }, [], "<html>"]) {
      assert.isTrue(Option.isNone(Schema.decodeUnknownOption(AlertPage)(input)))
    }
  })
})
