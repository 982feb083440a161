import { describe, expect, test } from "vitest";
import { PhoneError } from "../src/index.ts";
import { ANA, BUTTONS, harness, interactive, LIST, START, text } from "./harness.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

describe("devices", () => {
  test("a new one beside an old one: delivered by one, failed by the other", async () => {
    const devices = [{ kind: "android" }, { kind: "web", old: true }] as const;
    const { emulator, api, statuses } = harness({ contacts: [{ phone: ANA, devices }], delays: { read: null } });
    const phone = emulator.phone(ANA);
    phone.says("hi");
    await api(LIST);
    await emulator.settle();
    expect(statuses().map((one) => [one.status, one.errors[0]?.code])).toEqual([
      ["sent", undefined],
      ["delivered", undefined],
      ["failed", 131026],
    ]);
    expect(phone.history.at(-1)?.kind).toBe("list");
  });

  test("an old one shows texts", async () => {
    const { emulator, api } = harness({ contacts: [{ phone: ANA, devices: [{ kind: "ios", old: true }] }] });
    emulator.phone(ANA).says("hi");
    await api(text("hello"));
    await emulator.settle();
    expect(emulator.phone(ANA).history.at(-1)?.text).toBe("hello");
  });

  test("a phone that is offline gets what waited when it comes back, but nothing older than thirty days", async () => {
    const { ana, api, emulator, statuses } = harness();
    ana.says("hi");
    ana.changes({ online: false });
    await api(text("first"));
    await emulator.advance(23 * 3_600_000);
    expect(statuses().map((one) => one.status)).toEqual(["sent"]);
    await api(text("second"));
    await emulator.advance(30 * DAY - 22 * 3_600_000);
    ana.changes({ online: true });
    await emulator.settle();
    expect(ana.history.map((bubble) => bubble.text)).toEqual(["hi", "second"]);
    expect(statuses().map((one) => one.status)).toEqual(["sent", "sent", "delivered", "read"]);
  });
});

describe("who a user is", () => {
  test("a number that changes: a system message from the old one, the chat goes along", async () => {
    const { ana, api, emulator, messages } = harness();
    ana.says("hi");
    ana.changesNumber("+39 333 7654321");
    ana.says("it is me");
    await emulator.settle();
    expect(messages().map(({ contact, message }) => [contact.waId, message.type])).toEqual([
      [ANA, "text"],
      [ANA, "system"],
      ["393337654321", "text"],
    ]);
    expect(messages()[1]?.message).toMatchObject({ system: { type: "user_changed_number", wa_id: "393337654321" } });
    await api(text("hello", { to: "393337654321" }));
    await emulator.settle();
    expect(emulator.phone("393337654321").history).toHaveLength(3);
    expect(() => ana.changesNumber("393337654321")).toThrow(PhoneError);
  });

  test("a username hides the number: webhooks carry the user id alone", async () => {
    const { ana, emulator, messages } = harness();
    ana.changes({ username: "ana", hidden: true });
    ana.says("hi");
    await emulator.settle();
    expect(messages()[0]?.contact).not.toHaveProperty("waId");
    expect(messages()[0]?.contact.userId).toBe(ana.contact.userId);
  });

  test("who stops marketing messages, or takes them again, is told, and so is an identity that changes", async () => {
    const { ana, emulator, items, messages } = harness();
    ana.says("hi");
    ana.changes({ marketing: false });
    ana.changes({ marketing: false });
    ana.changes({ marketing: true, identityKey: "other" });
    await emulator.settle();
    const told = items().flatMap((one) =>
      one.kind === "other" && one.field === "user_preferences" ? [one.value] : [],
    );
    expect(told).toMatchObject([
      { user_preferences: [{ wa_id: ANA, category: "marketing_messages", value: "stop" }] },
      { user_preferences: [{ wa_id: ANA, category: "marketing_messages", value: "resume" }] },
    ]);
    expect(messages().at(-1)?.message).toMatchObject({
      type: "system",
      system: { type: "customer_identity_changed", identity: "other" },
    });
  });

  test("a user who blocks the business writes nothing until it is unblocked", async () => {
    const { ana, api, emulator } = harness();
    ana.says("hi");
    ana.changes({ blocks: true });
    expect(() => ana.says("x")).toThrow("blocks the business");
    await api(text("lost"));
    await emulator.settle();
    ana.changes({ blocks: false });
    await api(text("arrives"));
    await emulator.settle();
    expect(ana.history.map((bubble) => bubble.text)).toEqual(["hi", "arrives"]);
  });

  test("what a user writes whom the business blocks does not come", async () => {
    const { ana, api, emulator, messages } = harness();
    ana.says("hi");
    const path = `/v23.0/${emulator.phoneNumberId}/block_users`;
    await api({ messaging_product: "whatsapp", block_users: [{ user: ANA }] }, { path });
    ana.says("spam");
    await emulator.settle();
    expect(messages()).toHaveLength(1);
  });
});

describe("what a user does to messages", () => {
  test("edits and deletions come as such where the app is used as well", async () => {
    const { ana, emulator, messages } = harness({ coexistence: true });
    const { id } = ana.says("two");
    ana.edits(id, "three");
    ana.deletes(id);
    await emulator.settle();
    expect(messages().map(({ message }) => message)).toMatchObject([
      { type: "text" },
      { type: "edit", edit: { original_message_id: id, message: { text: { body: "three" } } } },
      { type: "revoke", revoke: { original_message_id: id } },
    ]);
    expect(ana.history[0]).toMatchObject({ edited: true, deleted: true });
    expect(ana.history[0]).not.toHaveProperty("text");
  });

  test("else an edit is unsupported, and a deletion is not told", async () => {
    const { ana, emulator, messages } = harness();
    const { id } = ana.says("two");
    ana.edits(id, "three");
    ana.deletes(id);
    await emulator.settle();
    expect(messages().map(({ message }) => message.type)).toEqual(["text", "unsupported"]);
  });

  test("not after fifteen minutes, or two days, or what is not one's own", async () => {
    const { ana, api, emulator } = harness();
    const { id } = ana.says("two");
    await api(text("hello"));
    await emulator.advance(15 * MINUTE + 1);
    expect(() => ana.edits(id, "three")).toThrow("too old");
    expect(() => ana.deletes(ana.history[1]?.id ?? "")).toThrow("only an own message");
    await emulator.advance(2 * DAY);
    expect(() => ana.deletes(id)).toThrow("too old");
  });

  test("only what it was sent can be tapped", async () => {
    const { ana, api, emulator } = harness();
    ana.says("hi");
    await api(BUTTONS);
    await emulator.settle();
    expect(() => ana.taps("Huge")).toThrow(PhoneError);
    expect(() => ana.taps("Small", { of: ana.history[0]?.id ?? "" })).toThrow(PhoneError);
    expect(() => ana.sendsForm({})).toThrow("shows no form");
    expect(() => ana.permitsCalls(true)).toThrow("no request for permission");
    expect(() => ana.sharesContact()).toThrow("no request for contact information");
    expect(() => ana.sendsOrder({ items: [] })).toThrow("without products");
  });
});

describe("calls and requests", () => {
  test("a call rings at the webhook, opens the window, and ends by itself", async () => {
    const { ana, api, emulator, items } = harness();
    const id = ana.calls();
    await api(text("You called?"));
    await emulator.advance(MINUTE);
    expect(ana.history.map((bubble) => bubble.text)).toEqual(["You called?"]);
    const calls = items().flatMap((item) => (item.kind === "other" && item.field === "calls" ? [item.value] : []));
    expect(calls).toMatchObject([
      { calls: [{ id, event: "connect", direction: "USER_INITIATED" }] },
      { calls: [{ id, event: "terminate", status: "FAILED" }] },
    ]);
  });

  test("a call that the business takes is over when somebody hangs up", async () => {
    const { ana, api, emulator, items } = harness();
    const id = ana.calls();
    const path = `/v23.0/${emulator.phoneNumberId}/calls`;
    expect((await api({ messaging_product: "whatsapp", call_id: id, action: "accept" }, { path })).status).toBe(200);
    await emulator.advance(30_000);
    ana.hangsUp(id);
    await emulator.advance(MINUTE);
    const last = items().at(-1);
    expect(last?.kind === "other" && last.value).toMatchObject({ calls: [{ status: "COMPLETED", duration: 30 }] });
    expect((await api({ call_id: id, action: "terminate" }, { path })).body.error.code).toBe(100);
  });

  test("a call by the button of a message tells what the message said, while the button works", async () => {
    const { ana, api, emulator, items, control } = harness();
    ana.says("hi");
    const parameters = { display_text: "Call us", ttl_minutes: 60, payload: "from the menu" };
    const action = { name: "voice_call", parameters };
    const sent = await api(interactive({ type: "voice_call", body: { text: "Any questions?" }, action }));
    const of = sent.body.messages[0].id;
    await emulator.settle();
    const { body } = await control("POST", `/contacts/${ANA}/calls`, { of });
    await emulator.settle();
    const calls = items().flatMap((item) => (item.kind === "other" && item.field === "calls" ? [item.value] : []));
    expect(calls).toMatchObject([{ calls: [{ id: body.id, event: "connect", cta_payload: "from the menu" }] }]);
    await emulator.advance(61 * MINUTE);
    expect(() => ana.calls({ of })).toThrow("does not work any more");
    expect(() => ana.calls({ of: ana.history[0]?.id ?? "" })).toThrow("has no button that calls");
  });

  test("who has talked may be asked for permission to call again", async () => {
    const { ana, api, emulator } = harness();
    const ask = () =>
      api(interactive({ type: "call_permission_request", action: { name: "call_permission_request" } }));
    ana.says("hi");
    expect((await ask()).status).toBe(200);
    expect((await ask()).body.error.code).toBe(138009);
    const path = `/v23.0/${emulator.phoneNumberId}/calls`;
    await api({ messaging_product: "whatsapp", call_id: ana.calls(), action: "accept" }, { path });
    expect((await ask()).status).toBe(200);
  });

  test("permission to call and contact information are answered", async () => {
    const { ana, api, emulator, messages } = harness();
    ana.says("hi");
    await api(
      interactive({
        type: "call_permission_request",
        body: { text: "May we call?" },
        action: { name: "call_permission_request" },
      }),
    );
    await api(
      interactive({
        type: "request_contact_info",
        body: { text: "Your number?" },
        action: { name: "request_contact_info" },
      }),
    );
    await emulator.settle();
    ana.permitsCalls(true);
    ana.sharesContact();
    await emulator.settle();
    expect(messages().slice(1)).toMatchObject([
      { message: { interactive: { call_permission_reply: { response: "accept" } } } },
      { message: { contacts: [{ phones: [{ wa_id: ANA }], origin: "contact_request" }] } },
    ]);
  });
});

describe("an ad", () => {
  test("makes what is sent free for three days after the answer", async () => {
    const { ana, api, emulator, statuses } = harness({ delays: { delivered: 0, read: null } });
    ana.opens("120212345678", { text: "I saw your ad" });
    await api(text("Welcome"));
    await emulator.advance(DAY);
    ana.says("still there?");
    await api(text("Yes"));
    await emulator.advance(2 * DAY + 1);
    ana.says("and now?");
    await api(text("Now too"));
    await emulator.settle();
    const sent = statuses().filter((one) => one.status === "sent");
    expect(sent.map((one) => one.pricing?.type)).toEqual([
      "free_entry_point",
      "free_entry_point",
      "free_customer_service",
    ]);
    expect(START).toBeLessThan(emulator.clock.now());
  });
});

describe("what a phone shows and tells", () => {
  test("a voice message that was listened to is `played`, once", async () => {
    const { ana, api, emulator, statuses, control } = harness();
    ana.says("hi");
    await api({
      messaging_product: "whatsapp",
      to: ANA,
      type: "audio",
      audio: { link: "https://a.example/a.ogg", voice: true },
    });
    await emulator.settle();
    expect((await control("POST", `/contacts/${ANA}/messages`, { type: "play" })).status).toBe(200);
    ana.plays();
    await emulator.settle();
    expect(statuses().map(({ status }) => status)).toEqual(["sent", "delivered", "read", "played"]);
    expect(() => ana.plays({ of: ana.history[0]?.id ?? "" })).toThrow("no voice message");
  });

  test("a message that was deleted is not quoted", async () => {
    const { ana, api, emulator } = harness();
    const { id } = ana.says("hi");
    const other = ana.says("and hello");
    ana.deletes(id);
    await api(text("To the first", { context: { message_id: id } }));
    await api(text("To the second", { context: { message_id: other.id } }));
    await emulator.settle();
    expect(ana.history.slice(2).map(({ quote }) => quote)).toEqual([undefined, other.id]);
  });

  test("what a user sends can be downloaded from the address in the webhook, for five minutes", async () => {
    const { ana, emulator, messages, control } = harness();
    await control("GET", "/contacts");
    ana.sendsMedia({ kind: "image", bytes: new TextEncoder().encode("a picture") });
    await emulator.settle();
    const message = messages()[0]?.message;
    const url = message?.type === "image" ? (message.image.url ?? "") : "";
    expect(new URL(url).origin).toBe("http://localhost");
    const download = () => emulator.fetch(new Request(url, { headers: { authorization: "Bearer token" } }));
    expect(await (await download()).text()).toBe("a picture");
    await emulator.advance(5 * MINUTE + 1);
    expect((await download()).status).toBe(404);
  });

  test("the form behind a template's button is filled in", async () => {
    const flow = { type: "FLOW", text: "Book" } as const;
    const components = [
      { type: "BODY", text: "Book a table" },
      { type: "BUTTONS", buttons: [flow] },
    ] as const;
    const { ana, api, emulator, messages } = harness({
      templates: [{ name: "book", language: "en", category: "UTILITY", components }],
    });
    const parameters = [{ type: "action", action: { flow_token: "t1" } }];
    const button = { type: "button", sub_type: "flow", index: "0", parameters };
    await api({
      messaging_product: "whatsapp",
      to: ANA,
      type: "template",
      template: { name: "book", language: { code: "en" }, components: [button] },
    });
    await emulator.settle();
    ana.sendsForm({ guests: "2" });
    await emulator.settle();
    const json = JSON.stringify({ guests: "2", flow_token: "t1" });
    expect(messages().at(-1)).toMatchObject({
      message: { interactive: { nfm_reply: { name: "flow", response_json: json } } },
      context: { id: ana.history[0]?.id },
    });
    expect(ana.history.at(-1)?.filled).toEqual({ guests: "2" });
  });

  test("statuses tell the identity that the business relied on", async () => {
    const { emulator, api, posted } = harness({ contacts: [{ phone: ANA, identityKey: "key" }] });
    emulator.phone(ANA).says("hi");
    await api(text("hello", { recipient_identity_key_hash: "key" }));
    await emulator.settle();
    expect(posted.at(-1)?.text).toContain('"recipient_identity_key_hash":"key"');
  });
});
