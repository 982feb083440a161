import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WhatsAppAPI } from "whatsapp-api-js";
import * as M from "whatsapp-api-js/messages";
import type { ClientMessage, PostData } from "whatsapp-api-js/types";
import { ANA, SECRET, type Served, served } from "./served.ts";

const LINK = "https://pizza.example/file";
const product = (id: string): M.Product => new M.Product(id);

/** Every message that this client has a class for. */
const MESSAGES: Readonly<Record<string, () => ClientMessage>> = {
  text: () => new M.Text("hello https://pizza.example", true),
  image: () => new M.Image(LINK, false, "A pizza"),
  video: () => new M.Video(LINK, false, "An oven"),
  audio: () => new M.Audio(LINK, false, true),
  document: () => new M.Document(LINK, false, "The menu", "menu.pdf"),
  sticker: () => new M.Sticker(LINK),
  location: () => new M.Location(9.19, 45.46, "Duomo", "Piazza del Duomo"),
  contacts: () =>
    new M.Contacts([
      new M.Name("Bo Rossi", "Bo", "Rossi"),
      new M.Phone("+39 333 7654321", "CELL", "393337654321"),
      new M.Email("bo@pizza.example", "WORK"),
      new M.Address("Italy", "it", "MI", "Milan", "Via Roma 1", "20121", "HOME"),
      new M.Birthday("1990", "02", "03"),
      new M.Organization("Parley", "Kitchen", "Cook"),
      new M.Url("https://pizza.example", "WORK"),
    ]),
  buttons: () =>
    new M.Interactive(
      new M.ActionButtons(new M.Button("s", "Small"), new M.Button("l", "Large")),
      new M.Body("What size?"),
      new M.Header("Sizes"),
      new M.Footer("Large feeds two"),
    ),
  "buttons with a picture": () =>
    new M.Interactive(
      new M.ActionButtons(new M.Button("ok", "Fine")),
      new M.Body("This one?"),
      new M.Header(new M.Image(LINK)),
    ),
  list: () =>
    new M.Interactive(
      new M.ActionList(
        "See pizzas",
        new M.ListSection("Today", new M.Row("mar", "Margherita", "Tomato")),
        new M.ListSection("Else", new M.Row("back", "Back")),
      ),
      new M.Body("Which pizza?"),
    ),
  catalog: () => new M.Interactive(new M.ActionCatalog(product("mar")), new M.Body("Our pizzas")),
  product: () => new M.Interactive(new M.ActionProduct(new M.CatalogProduct("mar", "1"))),
  "product list": () =>
    new M.Interactive(
      new M.ActionProductList("1", new M.ProductSection("Pizzas", product("mar"), product("dia"))),
      new M.Body("Choose"),
      new M.Header("Menu"),
    ),
  link: () => new M.Interactive(new M.ActionCTA("Open", "https://pizza.example"), new M.Body("Our site")),
  "form that navigates": () =>
    new M.Interactive(new M.ActionNavigateFlow("token", "123", "Book", "FIRST", { a: 1 }), new M.Body("Book a table")),
  "location request": () => new M.Interactive(new M.ActionLocation(), new M.Body("Where are you?")),
  "call permission": () => new M.Interactive(new M.ActionCallPermission(), new M.Body("May we call?")),
  "contact request": () => new M.Interactive(new M.ActionContactRequest(), new M.Body("Your number?")),
  template: () =>
    new M.Template(
      "order_ready",
      new M.Language("en"),
      new M.HeaderComponent(new M.HeaderParameter("17")),
      new M.BodyComponent(
        new M.BodyParameter("Ana"),
        new M.BodyParameter(new M.Currency(7500, "EUR", "€7.50")),
        new M.BodyParameter(new M.DateTime("noon")),
      ),
      new M.PayloadComponent("where"),
      new M.URLComponent("17"),
    ),
};

describe("whatsapp-api-js, as it is", () => {
  let at: Served;
  let api: WhatsAppAPI;
  let number = "";

  beforeAll(async () => {
    at = await served();
    number = at.emulator.phoneNumberId;
    api = new WhatsAppAPI({
      token: "token",
      appSecret: SECRET,
      webhookVerifyToken: "verify",
      v: "v23.0",
      ponyfill: {
        // The client has no option for the address: this is where one puts another.
        fetch: (input: string | URL | Request, init?: RequestInit) =>
          fetch(
            (input instanceof Request ? input.url : String(input)).replace("https://graph.facebook.com", at.url),
            init,
          ),
      },
    });
    at.emulator.phone(ANA).says("hi");
    await at.taken();
  });
  afterAll(() => at.close());
  beforeEach(() => {
    api.on = { call: {} };
  });

  test.each(Object.keys(MESSAGES))("sends a message: %s", async (name) => {
    const message = MESSAGES[name]?.();
    if (!message) throw new Error(`no message ${name}`);
    const response = await api.sendMessage(number, ANA, message, undefined, "mine");
    expect(response).toMatchObject({ messages: [{ id: expect.stringMatching(/^wamid\./) as string }] });
    const id = "messages" in response ? response.messages[0].id : "";
    const statuses: unknown[] = [];
    api.on.status = ({ id: of, status, biz_opaque_callback_data: mine }) => {
      if (of === id) statuses.push([status, mine]);
    };
    for (const { raw, signature } of await at.taken()) await api.post(JSON.parse(raw) as PostData, raw, signature);
    expect(statuses).toEqual(["sent", "delivered", "read"].map((status) => [status, "mine"]));
    expect(at.emulator.phone(ANA).history.at(-1)?.id).toBe(id);
  });

  test("reacts, and takes the reaction back", async () => {
    const { id } = at.emulator.phone(ANA).says("nice");
    expect(await api.sendMessage(number, ANA, new M.Reaction(id, "👍"))).toHaveProperty("messages");
    await at.taken();
    const bubble = () => at.emulator.phone(ANA).history.find((one) => one.id === id);
    expect(bubble()?.reactions).toEqual({ business: "👍" });
    await api.sendMessage(number, ANA, new M.Reaction(id));
    await at.taken();
    expect(bubble()?.reactions).toEqual({});
  });

  test("quotes, and reaches who has no number", async () => {
    const phone = at.emulator.phone("DE.0A1B2C3D");
    const { id } = phone.says("hello");
    await at.taken();
    await api.sendMessage(number, { bsuid: "DE.0A1B2C3D" }, new M.Text("hi Cy"), id);
    await at.taken();
    expect(phone.history.at(-1)).toMatchObject({ text: "hi Cy", quote: id });
  });

  test("marks as read and shows that it types", async () => {
    const { id } = at.emulator.phone(ANA).says("are you there?");
    expect(await api.markAsRead(number, id, "text")).toEqual({ success: true });
    expect(at.emulator.phone(ANA).contact.typingUntil).toBeGreaterThan(Date.now());
  });

  test("uploads, looks up, downloads, sends and deletes a file", async () => {
    const form = new FormData();
    form.set("file", new Blob(["a picture"], { type: "image/png" }), "a.png");
    const uploaded = await api.uploadMedia(number, form);
    const id = "id" in uploaded ? uploaded.id : "";
    const found = await api.retrieveMedia(id, number);
    expect(found).toMatchObject({ mime_type: "image/png", file_size: 9, id });
    const response = await api.fetchMedia("url" in found ? found.url : "");
    expect(await response.text()).toBe("a picture");
    expect(await api.sendMessage(number, ANA, new M.Image(id, true))).toHaveProperty("messages");
    expect(await api.deleteMedia(id, number)).toEqual({ success: true });
    expect(await api.sendMessage(number, ANA, new M.Image(id, true))).toMatchObject({ error: { code: 131009 } });
    expect(await api.retrieveMedia(id)).toMatchObject({ error: { code: 100 } });
  });

  test("blocks and unblocks", async () => {
    at.emulator.phone("919811112222").says("spam");
    await at.taken();
    expect(await api.blockUser(number, "919811112222")).toMatchObject({
      block_users: { added_users: [{ wa_id: "919811112222" }] },
    });
    expect(await api.sendMessage(number, "919811112222", new M.Text("x"))).toMatchObject({ error: { code: 130403 } });
    expect(await api.unblockUser(number, "919811112222")).toHaveProperty("block_users");
    expect(await api.sendMessage(number, "919811112222", new M.Text("x"))).toHaveProperty("messages");
  });

  test("reads what phones do: texts, taps, files, places, reactions, calls", async () => {
    const phone = at.emulator.phone(ANA);
    await api.sendMessage(
      number,
      ANA,
      new M.Interactive(
        new M.ActionButtons(new M.Button("s", "Small"), new M.Button("l", "Large")),
        new M.Body("What size?"),
      ),
    );
    await at.taken();
    const seen: string[] = [];
    api.on.message = ({ message, from, name }) => {
      seen.push(`${name} ${from} ${message.type}`);
    };
    api.on.call.connect = ({ from }) => {
      seen.push(`call ${from}`);
    };
    phone.says("ciao ✓");
    phone.taps("Large");
    phone.sendsMedia({ kind: "image", caption: "look" });
    phone.sendsLocation({ latitude: 45, longitude: 9 });
    phone.sendsContacts([{ name: { formatted_name: "Bo", first_name: "Bo" } }]);
    phone.reacts("👍");
    phone.calls();
    for (const { raw, signature } of await at.taken()) await api.post(JSON.parse(raw) as PostData, raw, signature);
    const kinds = ["text", "interactive", "image", "location", "contacts", "reaction"];
    expect(seen.sort()).toEqual([...kinds.map((kind) => `Ana ${ANA} ${kind}`), `call ${ANA}`].sort());
  });

  test("answers the verification", async () => {
    const target = { url: "http://bot.test/webhook", appSecret: SECRET, verifyToken: "verify" };
    const other = await served({
      fetch: async (request) => {
        const params = Object.fromEntries(new URL(request.url).searchParams);
        return new Response(api.get(params as unknown as Parameters<WhatsAppAPI["get"]>[0]));
      },
    });
    expect(await other.emulator.connect(target)).toBe(true);
    expect(await other.emulator.connect({ ...target, verifyToken: "wrong" })).toBe(false);
    await other.close();
  });
});
