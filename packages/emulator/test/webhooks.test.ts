import { createHmac } from "node:crypto";
import { validateWebhook } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { ANA, BUTTONS, HOOK, harness, interactive, LIST, SECRET, START, text } from "./harness.ts";

describe("webhooks", () => {
  test("are signed over the very bytes of the body, which is ASCII with slashes escaped", async () => {
    const { ana, emulator, posted } = harness();
    ana.says("Grüße 🍕 a/b");
    await emulator.settle();
    const [{ text: raw, signature } = { text: "", signature: "" }] = posted;
    expect(signature).toBe(`sha256=${createHmac("sha256", SECRET).update(raw).digest("hex")}`);
    expect(raw).toContain(String.raw`Gr\u00fc\u00dfe \ud83c\udf55 a\/b`);
    expect(JSON.stringify(JSON.parse(raw))).not.toBe(raw);
  });

  test("carry the message with contact, number and seconds as text", async () => {
    const { ana, emulator, posted } = harness();
    const bubble = ana.says("hi");
    await emulator.settle();
    expect(JSON.parse(posted[0]?.text ?? "")).toEqual({
      object: "whatsapp_business_account",
      entry: [
        {
          id: "102290129340398",
          changes: [
            {
              field: "messages",
              value: {
                messaging_product: "whatsapp",
                metadata: { display_phone_number: "15550783881", phone_number_id: "106540352242922" },
                contacts: [{ profile: { name: "Ana" }, wa_id: ANA }],
                messages: [
                  { type: "text", text: { body: "hi" }, from: ANA, id: bubble.id, timestamp: String(START / 1000) },
                ],
              },
            },
          ],
        },
      ],
    });
  });

  test("are valid by the schema, of whatever kind", async () => {
    const { ana, api, emulator, posted } = harness();
    ana.opens("120212345678", { text: "I saw your ad" });
    await api(BUTTONS);
    await api(LIST);
    await emulator.settle();
    ana.taps("l");
    ana.taps("Margherita");
    ana.sendsLocation({ latitude: 45.5, longitude: 9.2, name: "Home" });
    for (const kind of ["image", "video", "audio", "document", "sticker"] as const) ana.sendsMedia({ kind });
    ana.sendsContacts([{ name: { formatted_name: "Bo", first_name: "Bo" } }]);
    ana.sendsOrder({ items: [{ product_retailer_id: "sku", quantity: 2, item_price: 3.5, currency: "EUR" }] });
    ana.reacts("👍");
    ana.reacts("");
    await emulator.settle();
    expect(posted).toHaveLength(1 + 2 * 3 + 12);
    for (const one of posted) expect([one.text, validateWebhook(JSON.parse(one.text))]).toEqual([one.text, []]);
  });

  test("verification: the webhook is taken where it echoes the challenge, and refused where not", async () => {
    const { emulator } = harness();
    expect(await emulator.connect({ ...HOOK, verifyToken: "wrong" })).toBe(false);
    expect(await emulator.connect({ ...HOOK, url: "https://bot.example/hook2?x=1" })).toBe(true);
  });

  test("that are not answered with 200 come again, ever more seldom, for seven days", async () => {
    const { ana, emulator, posted, answers } = harness();
    answers.push(500, 404, 503);
    ana.says("hi");
    await emulator.settle();
    expect(posted).toHaveLength(1);
    await emulator.advance(4999);
    expect(posted).toHaveLength(1);
    await emulator.advance(1);
    expect(posted).toHaveLength(2);
    await emulator.advance(10_000);
    await emulator.advance(20_000);
    expect(posted).toHaveLength(4);
    expect(new Set(posted.map((one) => one.text)).size).toBe(1);
    await emulator.advance(7 * 86_400_000);
    expect(posted).toHaveLength(4);
  });

  test("give up after seven days", async () => {
    const { ana, emulator, posted, answers } = harness();
    answers.push(...Array.from({ length: 1000 }, () => 500));
    ana.says("hi");
    await emulator.advance(8 * 86_400_000);
    const tried = posted.length;
    expect(tried).toBeGreaterThan(100);
    expect(emulator.nextDue()).toBeUndefined();
    await emulator.advance(86_400_000);
    expect(posted).toHaveLength(tried);
  });

  test("statuses tell the callback data and the price", async () => {
    const { ana, api, emulator, statuses } = harness({ delays: { sent: 100, delivered: 2000, read: 60_000 } });
    ana.says("hi");
    await api(text("hello", { biz_opaque_callback_data: "v1.17.1" }));
    await emulator.advance(100);
    expect(statuses().map((status) => status.status)).toEqual(["sent"]);
    expect(ana.history).toHaveLength(1);
    await emulator.advance(1900);
    expect(ana.history).toHaveLength(2);
    await emulator.advance(58_000);
    expect(statuses()).toMatchObject([
      { status: "sent", callbackData: "v1.17.1", recipientId: ANA, timestampMs: START },
      {
        status: "delivered",
        pricing: { billable: false, type: "free_customer_service", category: "service", pricing_model: "PMP" },
      },
      { status: "read", callbackData: "v1.17.1", timestampMs: START + 60_000 },
    ]);
  });

  test("a user who does not read leaves a message delivered", async () => {
    const { api, emulator, statuses } = harness({ contacts: [{ phone: ANA, reads: false }] });
    emulator.phone(ANA).says("hi");
    await api(text("hello"));
    await emulator.settle();
    expect(statuses().map((status) => status.status)).toEqual(["sent", "delivered"]);
  });

  test("a webhook that hangs does not keep messages from the phone", async () => {
    const { ana, api, emulator } = harness({ delivery: "automatic", fetch: () => new Promise(() => undefined) });
    ana.says("hi");
    await api(text("hello"));
    await api(text("again"));
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    expect(ana.history.map((bubble) => bubble.text)).toEqual(["hi", "hello", "again"]);
    emulator.close();
  });
});

describe("what a phone answers", () => {
  test("a tapped button: button_reply with the message in the context", async () => {
    const { ana, api, emulator, messages } = harness();
    ana.says("hi");
    const { body } = await api(BUTTONS);
    await emulator.settle();
    const bubble = ana.taps("Large");
    await emulator.settle();
    expect(bubble).toMatchObject({ from: "user", text: "Large", tapped: "l", quote: body.messages[0].id });
    expect(messages().at(-1)).toMatchObject({
      message: {
        type: "interactive",
        interactive: { type: "button_reply", button_reply: { id: "l", title: "Large" } },
      },
      context: { from: "15550783881", id: body.messages[0].id },
    });
  });

  test("a tapped row: list_reply with its description", async () => {
    const { ana, api, emulator, messages } = harness();
    ana.says("hi");
    await api(LIST);
    await emulator.settle();
    ana.taps("mar");
    await emulator.settle();
    expect(messages().at(-1)?.message).toMatchObject({
      interactive: { type: "list_reply", list_reply: { id: "mar", title: "Margherita", description: "Tomato" } },
    });
  });

  test("messages of long ago can be tapped again and again; the newest that fits is meant", async () => {
    const { ana, api, emulator, messages } = harness();
    ana.says("hi");
    const first = await api(BUTTONS);
    const second = await api(BUTTONS);
    await emulator.settle();
    ana.taps("s");
    ana.taps("s", { of: first.body.messages[0].id });
    ana.taps("l", { of: first.body.messages[0].id });
    await emulator.settle();
    const [a, b] = [first.body.messages[0].id, second.body.messages[0].id];
    expect(
      messages()
        .slice(1)
        .map((message) => message.context?.id),
    ).toEqual([b, a, a]);
  });

  test("only what was sent can be tapped", async () => {
    const { ana, api, emulator } = harness();
    ana.says("Small");
    await api(BUTTONS);
    expect(() => ana.taps("Small")).toThrow('has an option "Small"');
    await emulator.settle();
    expect(() => ana.taps("Medium")).toThrow('has an option "Medium"');
    expect(() => ana.taps("s", { of: "wamid.unknown" })).toThrow("shows no message");
    expect(ana.history).toHaveLength(2);
  });

  test("a location that was asked for names the request; another does not", async () => {
    const { ana, api, emulator, messages } = harness();
    ana.says("hi");
    ana.sendsLocation({ latitude: 1, longitude: 2 });
    const { body } = await api(
      interactive({ type: "location_request_message", body: { text: "Where?" }, action: { name: "send_location" } }),
    );
    await emulator.settle();
    ana.sendsLocation({ latitude: 45.46, longitude: 9.19, address: "Duomo" });
    await emulator.settle();
    expect(messages().slice(1)).toMatchObject([
      { message: { location: { latitude: 1, longitude: 2 } } },
      {
        message: { location: { latitude: 45.46, longitude: 9.19, address: "Duomo" } },
        context: { id: body.messages[0].id },
      },
    ]);
    expect(messages()[1]).not.toHaveProperty("context");
  });

  test("a form comes back with its token, as JSON in a text", async () => {
    const { ana, api, emulator, messages } = harness();
    ana.says("hi");
    await api(
      interactive({
        type: "flow",
        body: { text: "Your details" },
        action: {
          name: "flow",
          parameters: { flow_message_version: "3", flow_id: "1", flow_cta: "Start", flow_token: "t-1" },
        },
      }),
    );
    await emulator.settle();
    ana.sendsForm({ name: "Ana" });
    await emulator.settle();
    expect(messages().at(-1)?.message).toMatchObject({
      interactive: { nfm_reply: { name: "flow", response_json: '{"name":"Ana","flow_token":"t-1"}' } },
    });
  });

  test("an ad comes as a referral", async () => {
    const { ana, emulator, messages } = harness();
    ana.opens("120212345678");
    await emulator.settle();
    expect(messages()[0]?.referral).toMatchObject({ source_id: "120212345678", source_type: "ad" });
  });
});
