import { describe, expect, test } from "vitest";
import { ANA, BUTTONS, harness, START, text } from "./harness.ts";

describe("the API answers as WhatsApp does", () => {
  test("an accepted message is answered with the contact and a wamid that holds the number", async () => {
    const { api, ana } = harness();
    ana.says("hi");
    const { status, body } = await api(text("Hello", { to: "+39 333 123-4567" }));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      messaging_product: "whatsapp",
      contacts: [{ input: "+39 333 123-4567", wa_id: ANA }],
    });
    const id: string = body.messages[0].id;
    expect(id).toMatch(/^wamid\.[A-Za-z0-9+/]+=*$/);
    expect(atob(id.slice("wamid.".length))).toContain(ANA);
  });

  test("without a token, and with a wrong one, it answers 401", async () => {
    const { api } = harness();
    const none = await api(text("x"), { token: null });
    expect([none.status, none.body.error.code, none.body.error.type]).toEqual([401, 2500, "OAuthException"]);
    const wrong = await api(text("x"), { token: "stolen" });
    expect([wrong.status, wrong.body.error.code]).toEqual([401, 190]);
  });

  test("errors have WhatsApp's shape, with a trace id", async () => {
    const { api } = harness();
    const { status, body } = await api(text(""));
    expect(status).toBe(400);
    expect(body).toEqual({
      error: {
        message: expect.stringContaining("(#131009)"),
        type: "OAuthException",
        code: 131009,
        error_data: {
          messaging_product: "whatsapp",
          details: expect.stringContaining("Min length: 1, Max length: 4096"),
        },
        fbtrace_id: expect.stringMatching(/^A[A-Za-z0-9]{10,}$/),
      },
    });
  });

  test.each([
    ["an unknown property", text("x", { colour: "red" }), 100],
    ["no recipient", { messaging_product: "whatsapp", type: "text", text: { body: "x" } }, 100],
    ["a body that is no JSON", "{", 100],
    ["the business itself as recipient", text("x", { to: "15550783881" }), 131021],
    ["a group", text("x", { recipient_type: "group", to: "Y2FwaV9ncm91cA==" }), 131020],
    [
      "a user id that nobody has",
      { messaging_product: "whatsapp", recipient: "IT.1234", type: "text", text: { body: "x" } },
      131009,
    ],
  ])("%s is refused", async (_, request, code) => {
    const { api, emulator } = harness();
    const { status, body } = await api(request);
    expect([status, body.error.code]).toEqual([400, code]);
    await emulator.settle();
    expect(emulator.phone(ANA).history).toEqual([]);
  });

  test("another phone number id does not exist", async () => {
    const { api } = harness();
    const { status, body } = await api(text("x"), { path: "/v23.0/999/messages" });
    expect([status, body.error.code, body.error.error_subcode]).toEqual([400, 100, 33]);
  });

  test("a path that is none is named", async () => {
    const { api } = harness();
    const { body } = await api(text("x"), { path: "/v23.0/1/sausages" });
    expect(body.error).toMatchObject({ code: 2500, message: "Unknown path components: /1/sausages" });
  });

  test("the phone shows what was sent", async () => {
    const { api, ana, emulator } = harness();
    ana.says("hi");
    await api(BUTTONS);
    await emulator.settle();
    expect(ana.history.at(-1)).toMatchObject({
      n: 2,
      from: "business",
      kind: "buttons",
      headerText: "Sizes",
      text: "What size?",
      footer: "Large feeds two",
      buttons: [
        { kind: "reply", id: "s", title: "Small" },
        { kind: "reply", id: "l", title: "Large" },
      ],
      status: "read",
      at: START,
    });
  });

  test("a hidden number is reached by the user id alone, and no answer or status names it", async () => {
    const { emulator, api, statuses, messages } = harness();
    const bo = emulator.phone({ phone: "491701234567", hidden: true, userId: "DE.4711", username: "bo" });
    bo.says("hi");
    const { status, body } = await api({
      messaging_product: "whatsapp",
      recipient: "DE.4711",
      type: "text",
      text: { body: "x" },
    });
    expect(status).toBe(200);
    expect(body.contacts).toEqual([{ input: "DE.4711", user_id: "DE.4711" }]);
    await emulator.settle();
    expect(messages()[0]?.contact).toEqual({ userId: "DE.4711", name: "491701234567", username: "bo" });
    expect(statuses()[0]).toMatchObject({ recipientUserId: "DE.4711" });
    expect(statuses()[0]).not.toHaveProperty("recipientId");
    expect(bo.history.map((bubble) => bubble.text)).toEqual(["hi", "x"]);
  });

  test("marking as read gives the user blue ticks up to that message, and shows that the business is typing", async () => {
    const { ana, api, clock } = harness();
    const first = ana.says("one");
    clock.advanceTo(START + 1000);
    const second = ana.says("two");
    clock.advanceTo(START + 2000);
    ana.says("three");
    const { body } = await api({
      messaging_product: "whatsapp",
      status: "read",
      message_id: second.id,
      typing_indicator: { type: "text" },
    });
    expect(body).toEqual({ success: true });
    expect(ana.history.map((bubble) => bubble.status)).toEqual(["read", "read", "sent"]);
    expect(ana.contact.typingUntil).toBe(START + 27_000);
    const unknown = await api({ messaging_product: "whatsapp", status: "read", message_id: `${first.id}x` });
    expect(unknown.body.error.code).toBe(131009);
  });

  test("a contextual reply is shown as a quote only of a message of this chat", async () => {
    const { ana, api, emulator } = harness();
    const asked = ana.says("hi");
    await api(text("yes", { context: { message_id: asked.id } }));
    await api(text("no", { context: { message_id: "wamid.unknown" } }));
    await emulator.settle();
    expect(ana.history.slice(1).map((bubble) => bubble.quote)).toEqual([asked.id, undefined]);
  });
});
