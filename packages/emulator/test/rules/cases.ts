/** For each rule of the emulator, what breaks it: what was answered, or what the webhook then said. */

import { REQUESTS } from "../../../whatsapp/test/fixtures/requests.ts";
import type { RuleName } from "../../src/rules.ts";
import { ANA, harness, interactive, LIST, text } from "../harness.ts";

export interface Seen {
  /** HTTP status of the answer. */
  readonly status: number;
  /** Of the error in the answer, or of the status that failed; 0 for none. */
  readonly code: number;
}

type Case = () => Promise<Seen>;

type World = ReturnType<typeof harness>;

const DAY = 86_400_000;
const RAVI = "919811112222";
const INDIAN = { displayPhoneNumber: "919876543210" };

function template(name: string, components: readonly object[] = [], extra: object = {}): object {
  return {
    messaging_product: "whatsapp",
    to: ANA,
    type: "template",
    template: { name, language: { code: "en" }, components },
    ...extra,
  };
}

const body = (...texts: string[]): object => ({
  type: "body",
  parameters: texts.map((t) => ({ type: "text", text: t })),
});

/** Answer of the API to `request`, in a chat that is open. */
async function refused(request: object, options: Parameters<typeof harness>[0] = {}): Promise<Seen> {
  const world = harness(options);
  world.ana.says("hi");
  await world.emulator.settle();
  return answered(world, request);
}

async function answered(world: World, request: object): Promise<Seen> {
  const { status, body: answer } = await world.api(request);
  return { status, code: answer.error?.code ?? 0 };
}

/** What the webhook says of an accepted message. */
async function failed(world: World, request: object): Promise<Seen> {
  const { status } = await world.api(request);
  await world.emulator.settle();
  return { status, code: world.statuses().find((one) => one.status === "failed")?.errors[0]?.code ?? 0 };
}

const TEMPLATES: NonNullable<Parameters<typeof harness>[0]>["templates"] = [
  { name: "one", language: "en", category: "UTILITY", components: [{ type: "BODY", text: "Hi {{1}}!" }] },
  { name: "ad", language: "en", category: "MARKETING", components: [{ type: "BODY", text: "Truffles!" }] },
  { name: "code", language: "en", category: "AUTHENTICATION", components: [{ type: "BODY" }] },
  { name: "paused", language: "en", category: "UTILITY", status: "PAUSED", components: [{ type: "BODY", text: "x" }] },
  {
    name: "disabled",
    language: "en",
    category: "UTILITY",
    status: "DISABLED",
    components: [{ type: "BODY", text: "x" }],
  },
  {
    name: "offer",
    language: "en",
    category: "MARKETING",
    components: [
      { type: "BODY", text: "Take it" },
      { type: "BUTTONS", buttons: [{ type: "COPY_CODE" }] },
    ],
  },
];

async function called(world: World, path: string, init: RequestInit = {}): Promise<Seen & { readonly body: unknown }> {
  const request = new Request(path.startsWith("http") ? path : `https://graph.facebook.com/v23.0/${path}`, {
    ...init,
    headers: { authorization: "Bearer token", ...(init.headers as Record<string, string> | undefined) },
  });
  const response = await world.emulator.fetch(request);
  const raw = await response.text();
  let parsed: { readonly error?: { readonly code: number } } = {};
  try {
    parsed = JSON.parse(raw) as typeof parsed;
  } catch {
    // A download is no JSON.
  }
  return { status: response.status, code: parsed.error?.code ?? 0, body: parsed };
}

async function uploaded(world: World, type = "image/png", bytes = "x"): Promise<string> {
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", type);
  form.set("file", new Blob([bytes], { type }));
  const { body: answer } = await called(world, `${world.emulator.phoneNumberId}/media`, { method: "POST", body: form });
  return (answer as { id: string }).id;
}

const image = (id: string): object => ({ messaging_product: "whatsapp", to: ANA, type: "image", image: { id } });

const WABA = "102290129340398";

function create(world: World, definition: object): Promise<Seen> {
  const whole = { name: "new", language: "en", category: "UTILITY", ...definition };
  return called(world, `${WABA}/message_templates`, { method: "POST", body: JSON.stringify(whole) });
}

const ADDRESS = interactive({
  type: "address_message",
  body: { text: "Where to?" },
  action: { name: "address_message", parameters: { country: "IN" } },
});

const ORDER = { ...REQUESTS["interactive.order_details"], to: RAVI };

const orderIs = (status: string): object => ({
  ...interactive({
    type: "order_status",
    body: { text: "Your order" },
    action: { name: "review_order", parameters: { reference_id: "order_7.1-A", order: { status } } },
  }),
  to: RAVI,
});

/** An order to pay is on the phone. */
async function ordered(): Promise<World> {
  const world = harness({ ...INDIAN, contacts: [{ phone: RAVI }, { phone: ANA }] });
  world.emulator.phone(RAVI).says("hi");
  await world.api(ORDER);
  await world.emulator.settle();
  return world;
}

const PERMISSION = interactive({
  type: "call_permission_request",
  body: { text: "May we call?" },
  action: { name: "call_permission_request" },
});

function react(id: string): object {
  return { messaging_product: "whatsapp", to: ANA, type: "reaction", reaction: { message_id: id, emoji: "👍" } };
}

export const CASES: Readonly<Record<RuleName, Case>> = {
  "token-is-given": async () => {
    const world = harness();
    const { status, body: answer } = await world.api(text("x"), { token: null });
    return { status, code: answer.error.code };
  },
  "token-is-right": async () => {
    const { status, body: answer } = await harness().api(text("x"), { token: "other" });
    return { status, code: answer.error.code };
  },
  "path-is-known": () => called(harness(), "106540352242922/nothing"),
  "object-is-known": () => called(harness(), "1/messages", { method: "POST", body: "{}" }),
  // The schema holds it first; what it lets through and is no number is refused by this rule.
  "recipient-is-a-number": () => refused(text("x", { to: "+()" })),
  "recipient-is-another": () => refused(text("x", { to: "15550783881" })),
  "recipient-is-no-group": () => refused(text("x", { recipient_type: "group" })),
  "user-id-is-known": () => refused(text("x", { to: undefined, recipient: "DE.0A1B2C3D" })),
  "user-id-takes-no-code": async () => {
    const world = harness({ templates: TEMPLATES, contacts: [{ phone: ANA }, { userId: "DE.0A1B2C3D" }] });
    return answered(world, template("code", [body("123")], { to: undefined, recipient: "DE.0A1B2C3D" }));
  },
  "recipient-is-not-blocked": async () => {
    const world = harness();
    world.ana.says("spam");
    const block = { messaging_product: "whatsapp", block_users: [{ user: ANA }] };
    const path = `${world.emulator.phoneNumberId}/block_users`;
    await called(world, path, { method: "POST", body: JSON.stringify(block) });
    return answered(world, text("x"));
  },
  "throughput-is-kept": async () => {
    const world = harness();
    for (let i = 0; i < 80; i++) await world.api(text("x", { to: `3933300${1000 + i}` }));
    return answered(world, text("x", { to: "39333009999" }));
  },
  "pair-rate-is-kept": async () => {
    const world = harness();
    for (let i = 0; i < 45; i++) await world.api(text("x"));
    return answered(world, text("x"));
  },
  "window-is-open": async () => {
    const world = harness();
    world.ana.says("hi");
    await world.emulator.advance(DAY + 1);
    return failed(world, text("x"));
  },
  "user-is-on-whatsapp": () => failed(harness({ unknownNumbers: "fail" }), text("x", { to: "4917012345" })),
  "client-shows-the-kind": async () => {
    const world = harness({ contacts: [{ phone: ANA, devices: [{ kind: "android", old: true }] }] });
    world.ana.says("hi");
    return failed(world, LIST);
  },
  "client-shows-the-address-form": async () => {
    const world = harness({ ...INDIAN, contacts: [{ phone: ANA }, { phone: RAVI, devices: [{ kind: "web" }] }] });
    world.emulator.phone(RAVI).says("hi");
    return failed(world, { ...ADDRESS, to: RAVI });
  },
  "user-takes-marketing": async () => {
    const world = harness({ templates: TEMPLATES });
    world.ana.changes({ marketing: false });
    return failed(world, template("ad"));
  },
  "user-does-not-block": async () => {
    const world = harness();
    world.ana.says("hi");
    world.ana.changes({ blocks: true });
    const seen = await failed(world, text("x"));
    const told = world.statuses().map((one) => one.status);
    return told.length === 1 && world.ana.history.length === 1 ? seen : { status: 0, code: -1 };
  },
  "identity-is-the-same": async () => {
    const world = harness({ contacts: [{ phone: ANA, identityKey: "new" }] });
    world.ana.says("hi");
    return failed(world, text("x", { recipient_identity_key_hash: "old" }));
  },
  "reaction-has-a-target": async () => {
    const world = harness();
    const { id } = world.ana.says("hi");
    world.ana.deletes(id);
    return failed(world, react(id));
  },
  "read-message-is-known": () => refused({ messaging_product: "whatsapp", status: "read", message_id: "wamid.none" }),
  "template-is-known": () => refused(template("none")),
  "template-is-not-paused": () => refused(template("paused"), { templates: TEMPLATES }),
  "template-is-not-disabled": () => refused(template("disabled"), { templates: TEMPLATES }),
  "template-parameters-are-complete": () => refused(template("one"), { templates: TEMPLATES }),
  "template-parameters-fit": () =>
    refused(
      template("one", [
        { type: "header", parameters: [{ type: "image", image: { link: "https://a.example/a.png" } }] },
        body("Ana"),
      ]),
      { templates: TEMPLATES },
    ),
  "template-buttons-are-filled": () => refused(template("offer"), { templates: TEMPLATES }),
  "template-fits-when-filled": () => refused(template("one", [body("x".repeat(1021))]), { templates: TEMPLATES }),
  "media-is-there": async () => {
    const world = harness();
    const id = await uploaded(world);
    await world.emulator.advance(30 * DAY);
    return answered(world, image(id));
  },
  "media-fits-the-kind": async () => {
    const world = harness();
    world.ana.says("hi");
    return failed(world, image(await uploaded(world, "application/pdf")));
  },
  "upload-is-complete": async () => {
    const world = harness();
    const form = new FormData();
    form.set("messaging_product", "whatsapp");
    return called(world, `${world.emulator.phoneNumberId}/media`, { method: "POST", body: form });
  },
  "upload-is-of-a-known-type": async () => {
    const world = harness();
    const form = new FormData();
    form.set("messaging_product", "whatsapp");
    form.set("file", new Blob(["x"], { type: "application/zip" }));
    return called(world, `${world.emulator.phoneNumberId}/media`, { method: "POST", body: form });
  },
  "media-id-is-known": () => called(harness(), "1234567890"),
  "media-url-is-fresh": async () => {
    const world = harness();
    const { body: found } = await called(world, await uploaded(world));
    await world.emulator.advance(300_001);
    return called(world, (found as { url: string }).url);
  },
  "media-url-takes-a-token": async () => {
    const world = harness();
    const { body: found } = await called(world, await uploaded(world));
    const response = await world.emulator.fetch(new Request((found as { url: string }).url));
    return { status: response.status, code: 0 };
  },
  "address-form-is-for-india": () => refused(ADDRESS, INDIAN),
  "payments-are-for-some-countries": () =>
    refused(
      interactive({
        type: "order_status",
        body: { text: "On its way" },
        action: { name: "review_order", parameters: { reference_id: "a1", order: { status: "shipped" } } },
      }),
    ),
  "indian-seller-is-compliant": () =>
    refused(interactive({ type: "product", action: { catalog_id: "1", product_retailer_id: "mar" } }), {
      ...INDIAN,
      compliance: false,
    }),
  "order-reference-is-new": async () => {
    const world = await ordered();
    return answered(world, ORDER);
  },
  "order-is-not-over": async () => {
    const world = await ordered();
    await world.api(orderIs("completed"));
    return failed(world, orderIs("shipped"));
  },
  "paid-order-is-not-canceled": async () => {
    const world = await ordered();
    world.emulator.phone(RAVI).pays();
    return failed(world, orderIs("canceled"));
  },
  "call-requests-are-few": async () => {
    const world = harness();
    world.ana.says("hi");
    await world.api(PERMISSION);
    return answered(world, PERMISSION);
  },
  "blocked-user-wrote": () => {
    const world = harness();
    const block = { messaging_product: "whatsapp", block_users: [{ user: ANA }] };
    const path = `${world.emulator.phoneNumberId}/block_users`;
    return called(world, path, { method: "POST", body: JSON.stringify(block) });
  },
  "template-is-well-formed": () => create(harness(), { components: [{ type: "BODY", text: "" }] }),
  "template-is-new": async () => {
    const world = harness();
    await create(world, { components: [{ type: "BODY", text: "Hi" }] });
    return create(world, { components: [{ type: "BODY", text: "Hi" }] });
  },
  "template-variables-are-inside": () =>
    create(harness(), { components: [{ type: "BODY", text: "Hi {{1}}", example: { body_text: [["Ana"]] } }] }),
  "template-has-words-for-its-variables": () =>
    create(harness(), { components: [{ type: "BODY", text: "Hi {{1}}!", example: { body_text: [["Ana"]] } }] }),
  "template-count-is-within-limit": async () => {
    const world = harness();
    const components = [{ type: "BODY", text: "Hi" }];
    for (let n = 0; n < 250; n++) await create(world, { name: `t${n}`, components });
    return create(world, { components });
  },
};
