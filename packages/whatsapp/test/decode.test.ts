import { decodeWebhook, flowResponse, type MessageItem, validateWebhook, type WebhookItem } from "@parley/whatsapp";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hook, MESSAGES, METADATA, messageHook, STATUS, WHOLE } from "./fixtures/webhooks.ts";

function only(body: unknown): WebhookItem {
  const items = decodeWebhook(body);
  expect(items).toHaveLength(1);
  const [item] = items;
  if (!item) throw new Error("no item");
  return item;
}

function message(body: unknown): MessageItem {
  const item = only(body);
  if (item.kind !== "message") throw new Error(`decoded a ${item.kind}`);
  return item;
}

describe("every kind of message is decoded with its payload, its sender and its time", () => {
  test.each(Object.entries(MESSAGES))("%s", (_, wire) => {
    const item = message(messageHook(wire));
    expect(item).toMatchObject({
      wabaId: "900",
      phoneNumberId: METADATA.phone_number_id,
      displayPhoneNumber: METADATA.display_phone_number,
      contact: { waId: "34600000001", name: "Ada" },
      id: "wamid.IN1",
      timestampMs: 1_764_000_000_000,
    });
    const { from: _from, id: _id, timestamp: _timestamp, ...content } = wire;
    const { context, errors, ...payload } = content as Record<string, unknown>;
    expect(item.message).toEqual(payload);
    expect(item.context).toEqual(context);
    expect(item.errors).toHaveLength(errors ? 1 : 0);
    expect(validateWebhook(messageHook(wire))).toEqual([]);
  });
});

describe("odd messages", () => {
  test.each([{}, { emoji: "" }])("a reaction is taken back with %j", (emoji) => {
    const item = message(messageHook({ ...MESSAGES.reaction, reaction: { message_id: "wamid.OUT1", ...emoji } }));
    expect(item.message).toEqual({ type: "reaction", reaction: { message_id: "wamid.OUT1" } });
  });

  test("a tap can come without the context of the message tapped", () => {
    const { context: _, ...wire } = MESSAGES.button_reply;
    expect(message(messageHook(wire)).context).toBeUndefined();
  });

  test.each([["1764000000000"], [1_764_000_000_000], [1_764_000_000]])(
    "the timestamp %j is understood",
    (timestamp) => {
      expect(message(messageHook({ ...MESSAGES.text, timestamp })).timestampMs).toBe(1_764_000_000_000);
    },
  );

  test.each([
    ['"done"', undefined],
    ["[1]", undefined],
    ["not json", undefined],
    ['{"a":1}', { a: 1 }],
  ])("the flow response %s survives", (json, values) => {
    const reply = { type: "nfm_reply", nfm_reply: { name: "flow", response_json: json } };
    const item = message(messageHook({ ...MESSAGES.nfm_reply, interactive: reply }));
    expect(item.message).toEqual({ type: "interactive", interactive: reply });
    expect(flowResponse(reply.nfm_reply)).toEqual(values);
  });

  test("a flow response that is no text becomes one", () => {
    const reply = { type: "nfm_reply", nfm_reply: { response_json: { a: 1 } } };
    const item = message(messageHook({ ...MESSAGES.nfm_reply, interactive: reply }));
    expect(item.message).toEqual({
      type: "interactive",
      interactive: { type: "nfm_reply", nfm_reply: { response_json: '{"a":1}' } },
    });
  });

  test("the obsolete type unknown is unsupported", () => {
    expect(message(messageHook({ ...MESSAGES.text, type: "unknown" })).message).toEqual({ type: "unsupported" });
  });

  test("a type that is not known stays a message and keeps its JSON", () => {
    const wire = { ...MESSAGES.text, type: "hologram", hologram: { id: "1" } };
    expect(message(messageHook(wire)).message).toEqual({ type: "unknown", wireType: "hologram", raw: wire });
  });

  test.each([
    { type: "text", text: {} },
    { type: "image", image: {} },
    { type: "location", location: { latitude: "north", longitude: 2 } },
    { type: "interactive", interactive: { type: "vote_reply", vote_reply: { id: "1" } } },
    { type: "interactive" },
    { type: "order", order: { catalog_id: "c1" } },
    { type: "reaction", reaction: { emoji: "🎉" } },
    { type: 7 },
    { type: "__proto__" },
    { type: "constructor" },
  ])("a payload that is not as documented keeps its JSON: %j", (content) => {
    const { from, id, timestamp } = MESSAGES.text;
    const wire = { from, id, timestamp, ...content };
    expect(message(messageHook(wire)).message).toMatchObject({ type: "unknown", raw: wire });
  });

  test.each([
    ["no object", 7],
    ["no id", { ...MESSAGES.text, id: undefined }],
    ["no timestamp", { ...MESSAGES.text, timestamp: "soon" }],
  ])("a message with %s is unknown and keeps its JSON", (_, wire) => {
    expect(only(messageHook(wire))).toMatchObject({
      kind: "unknown",
      path: "/entry/0/changes/0/value/messages/0",
      raw: wire,
    });
  });
});

describe("the sender", () => {
  const profile = { name: "Ada", username: "ada" };
  const { from: _, ...fromless } = MESSAGES.text;

  test("is found among several contacts by phone number and by business-scoped id", () => {
    const contacts = [
      { profile: { name: "Bo" }, wa_id: "34600000002", user_id: "ES.2" },
      { profile, wa_id: "34600000001", user_id: "ES.1", parent_user_id: "ES.ENT.1", identity_key_hash: "h" },
    ];
    const ada = {
      waId: "34600000001",
      userId: "ES.1",
      parentUserId: "ES.ENT.1",
      name: "Ada",
      username: "ada",
      identityKeyHash: "h",
    };
    expect(message(hook({ contacts, messages: [MESSAGES.text] })).contact).toEqual(ada);
    const byId = message(hook({ contacts, messages: [{ ...fromless, from_user_id: "ES.1" }] }));
    expect(byId.contact).toEqual(ada);
  });

  test("can be a user without a phone number", () => {
    const contacts = [{ profile, user_id: "ES.1" }];
    const item = message(hook({ contacts, messages: [{ ...fromless, from_user_id: "ES.1" }] }));
    expect(item.contact).toEqual({ userId: "ES.1", name: "Ada", username: "ada" });
  });

  test("can be a business-scoped id in from", () => {
    const item = message(
      hook({ contacts: [{ wa_id: "ES.1", profile }], messages: [{ ...MESSAGES.text, from: "ES.1" }] }),
    );
    expect(item.contact).toEqual({ userId: "ES.1", name: "Ada", username: "ada" });
  });

  test("is the only contact where the only message names nobody", () => {
    expect(
      message(hook({ contacts: [{ wa_id: "34600000001", profile }], messages: [fromless] })).contact,
    ).toMatchObject({
      waId: "34600000001",
    });
  });

  test("is joined from a phone number in the message and a business-scoped id in the only contact", () => {
    const contacts = [{ profile, user_id: "ES.1" }];
    expect(message(hook({ contacts, messages: [MESSAGES.text] })).contact).toEqual({
      waId: "34600000001",
      userId: "ES.1",
      name: "Ada",
      username: "ada",
    });
  });

  test("is nobody, not another, where a message of several names nobody", () => {
    const [first] = decodeWebhook(hook({ contacts: [{ wa_id: "34600000001" }], messages: [fromless, MESSAGES.text] }));
    expect(first).toMatchObject({ kind: "message", contact: {} });
  });

  test("has no name of another where contacts do not match", () => {
    const item = message(hook({ contacts: [{ profile, wa_id: "34600000002" }], messages: [MESSAGES.text] }));
    expect(item.contact).toEqual({ waId: "34600000001" });
  });

  test("needs no contacts at all, as in system messages", () => {
    expect(message(hook({ messages: [MESSAGES.system] })).contact).toEqual({ waId: "34600000001" });
  });
});

describe("statuses", () => {
  test.each(["sent", "delivered", "read", "played", "failed", "deleted", "warning"] as const)(
    "%s is decoded",
    (status) => {
      expect(only(hook({ statuses: [{ ...STATUS, status }] }))).toEqual({
        kind: "status",
        wabaId: "900",
        phoneNumberId: METADATA.phone_number_id,
        displayPhoneNumber: METADATA.display_phone_number,
        id: "wamid.OUT1",
        status,
        timestampMs: 1_764_000_001_000,
        recipientId: "34600000001",
        callbackData: "v1.17.1",
        pricing: STATUS.pricing,
        errors: [],
      });
    },
  );

  test("of a business-scoped user or a group member they say who", () => {
    const { recipient_id: _, ...rest } = STATUS;
    const more = {
      recipient_user_id: "ES.1",
      parent_recipient_user_id: "ES.ENT.1",
      recipient_type: "group",
      recipient_participant_id: "34600000001",
    };
    expect(only(hook({ statuses: [{ ...rest, ...more }] }))).toMatchObject({
      recipientUserId: "ES.1",
      recipientParentUserId: "ES.ENT.1",
      recipientType: "group",
      participantId: "34600000001",
    });
  });

  test("of a failure carry the code and the details", () => {
    const errors = [
      { code: 131047, title: "Re-engagement message", error_data: { details: "More than 24 hours" }, href: "h" },
    ];
    expect(only(hook({ statuses: [{ ...STATUS, status: "failed", errors }] }))).toMatchObject({
      errors: [{ code: 131047, title: "Re-engagement message", details: "More than 24 hours", href: "h" }],
    });
  });

  test.each([
    { ...STATUS, status: "teleported" },
    { ...STATUS, id: "" },
    { ...STATUS, timestamp: null },
  ])("that cannot be used keep their JSON: %j", (status) => {
    expect(only(hook({ statuses: [status] }))).toMatchObject({ kind: "unknown", raw: status });
  });
});

describe("the whole body", () => {
  test("is walked over all entries, changes, messages, statuses and errors, in order", () => {
    expect(decodeWebhook(WHOLE).map((item) => item.kind)).toEqual(["message", "status", "other"]);
    const value = {
      contacts: [{ wa_id: "34600000001" }],
      messages: [MESSAGES.text, MESSAGES.image],
      statuses: [STATUS],
      errors: [{ code: 131000, title: "Something went wrong" }, {}],
    };
    expect(decodeWebhook(hook(value)).map((item) => item.kind)).toEqual([
      "message",
      "message",
      "status",
      "error",
      "unknown",
    ]);
  });

  test("of the business app's own messages is an echo, by number or by user id", () => {
    const echo = (to: object) => ({ from: "15550783881", ...to, id: "wamid.APP", timestamp: "1764000000" });
    const sent = { type: "text", text: { body: "Hi" } };
    const echoes = [
      { ...echo({ to: "34600000001" }), ...sent },
      { ...echo({ to: "US.13491208655302741918" }), ...sent },
      { ...echo({ to_user_id: "US.13491208655302741918" }), type: "revoke" },
      { ...echo({}), ...sent },
    ];
    expect(decodeWebhook(hook({ metadata: METADATA, message_echoes: echoes }, "smb_message_echoes"))).toMatchObject([
      {
        kind: "echo",
        contact: { waId: "34600000001" },
        id: "wamid.APP",
        timestampMs: 1_764_000_000_000,
        message: sent,
      },
      { kind: "echo", contact: { userId: "US.13491208655302741918" } },
      {
        kind: "echo",
        contact: { userId: "US.13491208655302741918" },
        message: { type: "unknown", wireType: "revoke" },
      },
      { kind: "unknown", reason: "an echo that says nothing of whom it went to" },
    ]);
    expect(only(hook({ metadata: METADATA }, "smb_message_echoes"))).toMatchObject({ kind: "unknown" });
  });

  test("of another field is kept with its number", () => {
    expect(only(hook({ calls: [] }, "calls"))).toMatchObject({
      kind: "other",
      field: "calls",
      phoneNumberId: METADATA.phone_number_id,
      wabaId: "900",
    });
  });

  test.each([
    ["", undefined],
    ["", []],
    ["", { entry: {} }],
    ["/entry/0", { entry: [null] }],
    ["/entry/0/changes/0", { entry: [{ changes: [{}] }] }],
    ["/entry/0/changes/0", { entry: [{ changes: [{ field: "messages" }] }] }],
    ["/entry/0/changes/0/value", { entry: [{ changes: [{ field: "messages", value: {} }] }] }],
    ["/entry/0/changes/0/value", hook({})],
  ])("that is no webhook is unknown at %j", (path, body) => {
    expect(only(body)).toMatchObject({ kind: "unknown", path });
  });

  test("never makes it throw, whatever the JSON, and no part is lost", () => {
    const json = fc.jsonValue({ maxDepth: 5 });
    const part = fc.oneof(json, fc.constantFrom(...Object.values(MESSAGES), STATUS));
    const value = fc.record(
      {
        metadata: fc.oneof(json, fc.constant(METADATA)),
        contacts: json,
        messages: fc.array(part),
        statuses: fc.array(part),
        errors: json,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            json,
            value.map((inner) => ({ field: "messages", value: inner })),
          ),
        ),
        (changes) => {
          const items = decodeWebhook({ object: "x", entry: [{ id: "1", changes }] });
          expect(items.length).toBeGreaterThanOrEqual(changes.length);
          expect(Array.isArray(validateWebhook({ object: "x", entry: changes }))).toBe(true);
        },
      ),
      { seed: 20261124, numRuns: 500 },
    );
  });
});

describe("the webhook schema", () => {
  test("passes the whole body with unknown properties", () => {
    expect(validateWebhook({ ...WHOLE, extra: 1 })).toEqual([]);
    expect(validateWebhook(messageHook({ ...MESSAGES.text, type: "hologram", more: {} }))).toEqual([]);
  });

  test.each([
    ["/object", { ...WHOLE, object: "page" }],
    ["/entry", { object: "whatsapp_business_account" }],
    ["/entry/0/changes/0/value/messages/0/id", messageHook({ ...MESSAGES.text, id: undefined })],
    ["/entry/0/changes/0/value/messages/0/text/body", messageHook({ ...MESSAGES.text, text: {} })],
    ["/entry/0/changes/0/value/messages/0/timestamp", messageHook({ ...MESSAGES.text, timestamp: "now" })],
    [
      "/entry/0/changes/0/value/messages/0/interactive/button_reply",
      messageHook({ ...MESSAGES.button_reply, interactive: { type: "button_reply" } }),
    ],
    ["/entry/0/changes/0/value/statuses/0/status", hook({ statuses: [{ ...STATUS, status: "" }] })],
    ["/entry/0/changes/0/value/metadata/phone_number_id", hook({ metadata: {}, messages: [] })],
  ])("names what lacks at %s", (path, body) => {
    expect(validateWebhook(body).map((error) => error.path)).toEqual([path]);
  });
});
