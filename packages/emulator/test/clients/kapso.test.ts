import { GraphApiError, WhatsAppClient } from "@kapso/whatsapp-cloud-api";
import { normalizeWebhook, verifySignature } from "@kapso/whatsapp-cloud-api/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ANA, SECRET, type Served, served } from "./served.ts";

const LINK = "https://pizza.example/file";

type Send = (client: WhatsAppClient, base: { phoneNumberId: string; to: string }) => Promise<unknown>;

/** Every message that this client has a method for. */
const SENDS: Readonly<Record<string, Send>> = {
  text: (c, base) => c.messages.sendText({ ...base, body: "hello", previewUrl: true }),
  image: (c, base) => c.messages.sendImage({ ...base, image: { link: LINK, caption: "A pizza" } }),
  video: (c, base) => c.messages.sendVideo({ ...base, video: { link: LINK, caption: "An oven" } }),
  audio: (c, base) => c.messages.sendAudio({ ...base, audio: { link: LINK, voice: true } }),
  document: (c, base) => c.messages.sendDocument({ ...base, document: { link: LINK, filename: "menu.pdf" } }),
  sticker: (c, base) => c.messages.sendSticker({ ...base, sticker: { link: LINK } }),
  location: (c, base) =>
    c.messages.sendLocation({ ...base, location: { latitude: 45.4, longitude: 9.1, name: "Duomo" } }),
  contacts: (c, base) =>
    c.messages.sendContacts({
      ...base,
      contacts: [
        {
          name: { formattedName: "Bo Rossi", firstName: "Bo" },
          phones: [{ phone: "+393337654321", waId: "393337654321" }],
        },
      ],
    }),
  buttons: (c, base) =>
    c.messages.sendInteractiveButtons({
      ...base,
      header: { type: "image", image: { link: LINK } },
      bodyText: "What size?",
      footerText: "Large feeds two",
      buttons: [
        { id: "s", title: "Small" },
        { id: "l", title: "Large" },
      ],
    }),
  list: (c, base) =>
    c.messages.sendInteractiveList({
      ...base,
      bodyText: "Which pizza?",
      buttonText: "See pizzas",
      sections: [{ title: "Today", rows: [{ id: "mar", title: "Margherita", description: "Tomato" }] }],
    }),
  product: (c, base) =>
    c.messages.sendInteractiveProduct({ ...base, bodyText: "This one", catalogId: "1", productRetailerId: "mar" }),
  "product list": (c, base) =>
    c.messages.sendInteractiveProductList({
      ...base,
      header: { type: "text", text: "Menu" },
      bodyText: "Choose",
      catalogId: "1",
      sections: [{ title: "Pizzas", productItems: [{ productRetailerId: "mar" }] }],
    }),
  form: (c, base) =>
    c.messages.sendInteractiveFlow({
      ...base,
      bodyText: "Book a table",
      parameters: {
        flowId: "123",
        flowCta: "Book",
        flowToken: "t",
        flowAction: "navigate",
        flowActionPayload: { screen: "FIRST" },
      },
    }),
  address: (c, base) =>
    c.messages.sendInteractiveAddress({
      ...base,
      to: "919811112222",
      bodyText: "Where to?",
      parameters: { country: "IN", values: { name: "Ravi", inPinCode: "400001" } },
    }),
  link: (c, base) =>
    c.messages.sendInteractiveCtaUrl({ ...base, bodyText: "Our site", parameters: { displayText: "Open", url: LINK } }),
  carousel: (c, base) =>
    c.messages.sendInteractiveCarousel({
      ...base,
      bodyText: "Choose",
      cards: [0, 1].map((cardIndex) => ({
        cardIndex,
        header: { type: "image" as const, image: { link: LINK } },
        bodyText: `Card ${cardIndex}`,
        action: { displayText: "View", url: `${LINK}${cardIndex}` },
      })),
    }),
  "carousel of replies": (c, base) =>
    c.messages.sendInteractiveCarousel({
      ...base,
      bodyText: "Choose",
      cards: [0, 1].map((cardIndex) => ({
        cardIndex,
        header: { type: "image" as const, image: { link: LINK } },
        action: { buttons: [{ id: `card${cardIndex}`, title: "This one" }] },
      })),
    }),
  catalog: (c, base) =>
    c.messages.sendInteractiveCatalogMessage({
      ...base,
      bodyText: "All",
      parameters: { thumbnailProductRetailerId: "mar" },
    }),
  template: (c, base) =>
    c.messages.sendTemplate({
      ...base,
      template: {
        name: "order_ready",
        language: { code: "en" },
        components: [
          { type: "header", parameters: [{ type: "text", text: "17" }] },
          { type: "body", parameters: ["Ana", "Margherita", "noon"].map((text) => ({ type: "text", text })) },
          { type: "button", subType: "url", index: "1", parameters: [{ type: "text", text: "17" }] },
        ],
      },
    }),
  raw: (c, { phoneNumberId, to }) =>
    c.messages.sendRaw({
      phoneNumberId,
      payload: { messaging_product: "whatsapp", to, type: "text", text: { body: "raw" } },
    }),
};

/** What this client builds with properties that the Cloud API does not have, and so refuses. */
const REFUSED: Readonly<Record<string, Send>> = {
  "location request": (c, base) =>
    c.messages.sendInteractiveLocationRequest({
      ...base,
      bodyText: "Where?",
      parameters: { requestMessage: "Where?" },
    }),
  "call permission": (c, base) =>
    c.messages.sendInteractiveCallPermission({ ...base, bodyText: "May we?", parameters: { phoneNumber: "1" } }),
};

describe("@kapso/whatsapp-cloud-api, as it is", () => {
  let at: Served;
  let client: WhatsAppClient;
  let base = { phoneNumberId: "", to: ANA };

  beforeAll(async () => {
    at = await served();
    client = new WhatsAppClient({ accessToken: "token", baseUrl: at.url, graphVersion: "v23.0" });
    base = { phoneNumberId: at.emulator.phoneNumberId, to: ANA };
    at.emulator.phone(ANA).says("hi");
    at.emulator.phone("919811112222").says("hi");
    await at.taken();
  });
  afterAll(() => at.close());

  async function webhooks(): Promise<ReturnType<typeof normalizeWebhook>[]> {
    return (await at.taken()).map(({ raw, signature }) => {
      expect(verifySignature({ appSecret: SECRET, rawBody: raw, signatureHeader: signature })).toBe(true);
      return normalizeWebhook(JSON.parse(raw));
    });
  }

  test.each(Object.keys(SENDS))("sends a message: %s", async (name) => {
    const response = (await SENDS[name]?.(client, base)) as { messages: [{ id: string }] };
    const { id } = response.messages[0];
    const statuses = (await webhooks()).flatMap((hook) => hook.statuses);
    expect(statuses.map((one) => [one["id"], one["status"]])).toEqual(
      ["sent", "delivered", "read"].map((s) => [id, s]),
    );
    const [phone] = at.emulator.contacts().filter((one) => at.emulator.phone(one.id).history.at(-1)?.id === id);
    expect(phone).toBeDefined();
  });

  test.each(Object.keys(REFUSED))("is told what is wrong with its message: %s", async (name) => {
    const sent = REFUSED[name]?.(client, base);
    await expect(sent).rejects.toThrow(GraphApiError);
    await expect(sent).rejects.toMatchObject({ code: 100, httpStatus: 400, category: "parameter" });
  });

  test("reacts, quotes, reaches who has no number, marks as read and types", async () => {
    const phone = at.emulator.phone("DE.0A1B2C3D");
    const { id } = phone.says("hello");
    const { phoneNumberId } = base;
    const recipient = "DE.0A1B2C3D";
    await client.messages.sendReaction({ phoneNumberId, recipient, reaction: { messageId: id, emoji: "👍" } });
    await client.messages.sendText({ phoneNumberId, recipient, body: "hi", contextMessageId: id });
    expect(await client.messages.markRead({ phoneNumberId, messageId: id, typingIndicator: { type: "text" } })).toEqual(
      {
        success: true,
      },
    );
    const hooks = await webhooks();
    expect(hooks.flatMap((hook) => hook.messages)[0]).toMatchObject({ fromUserId: recipient, text: { body: "hello" } });
    expect(phone.history[0]?.reactions).toEqual({ business: "👍" });
    expect(phone.history.at(-1)).toMatchObject({ quote: id });
  });

  test("uploads, looks up, downloads and deletes a file", async () => {
    const { phoneNumberId } = base;
    const file = new Blob(["a menu"], { type: "application/pdf" });
    const { id } = await client.media.upload({ phoneNumberId, type: "application/pdf", file, fileName: "menu.pdf" });
    expect(await client.media.get({ mediaId: id })).toMatchObject({ mimeType: "application/pdf", fileSize: 6 });
    const bytes = await client.media.download({ mediaId: id, auth: "always" });
    expect(new TextDecoder().decode(bytes as ArrayBuffer)).toBe("a menu");
    expect(await client.media.delete({ mediaId: id })).toEqual({ success: true });
    await expect(client.media.get({ mediaId: id })).rejects.toMatchObject({ code: 100 });
  });

  test("lists, creates, looks up and deletes templates", async () => {
    const businessAccountId = "102290129340398";
    const created = await client.templates.create({
      businessAccountId,
      name: "seasonal",
      language: "en",
      category: "MARKETING",
      components: [{ type: "BODY", text: "Truffles are here." }],
    });
    expect(created).toMatchObject({ status: "PENDING", category: "MARKETING" });
    expect((await client.templates.list({ businessAccountId, name: "seasonal" })).data).toHaveLength(1);
    const templateId = (created as { id: string }).id;
    expect(await client.templates.get({ businessAccountId, templateId })).toMatchObject({ name: "seasonal" });
    expect(at.emulator.judgeTemplate("seasonal", "en", "APPROVED")).toBe(true);
    const [hook] = await webhooks();
    expect(hook?.raw["messageTemplateStatusUpdate"]).toMatchObject([{ event: "APPROVED" }]);
    expect(await client.templates.delete({ businessAccountId, name: "seasonal" })).toEqual({ success: true });
    expect((await client.templates.list({ businessAccountId, name: "seasonal" })).data).toHaveLength(0);
  });

  test("reads and writes the business profile", async () => {
    const { phoneNumberId } = base;
    await client.phoneNumbers.businessProfile.update({ phoneNumberId, about: "Pizza since 1960" });
    const profile = await client.phoneNumbers.businessProfile.get({ phoneNumberId, fields: "about" });
    expect(profile.data).toMatchObject([{ about: "Pizza since 1960" }]);
  });

  test("reads what phones do", async () => {
    const phone = at.emulator.phone(ANA);
    await SENDS["carousel of replies"]?.(client, base);
    await at.taken();
    phone.taps("card1");
    phone.sendsOrder({ items: [{ product_retailer_id: "mar", quantity: 2, item_price: 7.5, currency: "EUR" }] });
    phone.calls();
    const hooks = await webhooks();
    expect(hooks.flatMap((hook) => hook.messages)).toMatchObject([
      {
        from: ANA,
        interactive: { type: "button_reply", buttonReply: { id: "card1" } },
        kapso: { direction: "inbound" },
      },
      { order: { productItems: [{ productRetailerId: "mar" }] } },
    ]);
    expect(hooks.flatMap((hook) => hook.calls)).toMatchObject([{ event: "connect", direction: "USER_INITIATED" }]);
  });
});
