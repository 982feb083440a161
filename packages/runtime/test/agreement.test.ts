/**
 * Another reader of WhatsApp's webhooks, whatsapp-api-js, and ours find the same in the same bodies: in those of Meta's
 * OpenAPI file, where it is at hand, and in our own. It reads the first message or status of a body; ours reads all.
 */
import { existsSync, readFileSync } from "node:fs";
import { decodeWebhook, type WebhookItem } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { WhatsAppAPI } from "whatsapp-api-js";
import { parse } from "yaml";
import { hook, MESSAGES, messageHook, STATUS, WHOLE } from "../../whatsapp/test/fixtures/webhooks.ts";
import { createVerify } from "../src/webhook/signature.ts";
import { rig } from "./support/rig.ts";
import { ANA, change, NUMBER, post, SECRET, sender, sign, text, webhook } from "./support/webhooks.ts";

const SPEC = new URL("../../../../shared/reference/business-messaging-api_v23.0.yaml", import.meta.url);

interface Spec {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly post: {
          readonly requestBody: {
            readonly content: {
              readonly "application/json": { readonly examples: Readonly<Record<string, { readonly value: unknown }>> };
            };
          };
        };
      }
    >
  >;
}

function samplesOf(spec: Spec): readonly (readonly [string, unknown])[] {
  const { examples } = spec.paths["/whatsapp/webhooks"]?.post.requestBody.content["application/json"] ?? {};
  return Object.entries(examples ?? {}).map(([name, { value }]) => [`Meta's ${name}`, value] as const);
}

const samples = existsSync(SPEC) ? samplesOf(parse(readFileSync(SPEC, "utf8"), { maxAliasCount: -1 }) as Spec) : [];
if (samples.length === 0)
  process.stderr.write("Meta's sample webhooks are not compared: the OpenAPI file is not beside this repository\n");

const OWN: readonly (readonly [string, unknown])[] = [
  ...Object.entries(MESSAGES).map(([name, message]) => [`a message of kind ${name}`, messageHook(message)] as const),
  ["a status", hook({ statuses: [STATUS] })],
  ["a status that failed", hook({ statuses: [{ ...STATUS, status: "failed", errors: [{ code: 131_026 }] }] })],
  ["several messages", messageHook(MESSAGES.text, MESSAGES.image)],
  ["several changes and entries", WHOLE],
  [
    "a user who has no number",
    hook({
      contacts: [{ profile: { name: "Ada" }, user_id: "ES.17" }],
      messages: [{ from_user_id: "ES.17", id: "wamid.B", timestamp: "1764000000", type: "text", text: { body: "é" } }],
    }),
  ],
  ["another field", hook({ event: "APPROVED" }, "message_template_status_update")],
];

/** What both can tell of an item. */
interface Told {
  readonly kind: "message" | "status";
  readonly number: string;
  readonly id: string;
  readonly waId: string | undefined;
  readonly userId: string | undefined;
  readonly name: string | undefined;
  readonly at: number;
  readonly what: unknown;
  readonly context: unknown;
}

/** Undefined for what it does not take for a message or a status. */
async function theirs(body: unknown, raw: string, signature: string): Promise<Told | undefined> {
  let told: Told | undefined;
  const api = new WhatsAppAPI({ token: "t", appSecret: SECRET, v: "v23.0" });
  api.on.message = ({ phoneID, contact, message }) => {
    const {
      from: _f,
      from_user_id: _u,
      id,
      timestamp,
      context,
      referral: _r,
      errors: _e,
      group_id: _g,
      ...what
    } = message as Record<string, unknown> & { id: string; timestamp: string; from?: string; from_user_id?: string };
    told = {
      kind: "message",
      number: phoneID,
      id,
      waId: contact.wa_id,
      userId: contact.user_id,
      name: contact.profile?.name,
      at: Number(timestamp) * 1_000,
      what,
      context,
    };
  };
  api.on.status = ({ phoneID, contact, id, status, timestamp, error, biz_opaque_callback_data: data }) => {
    told = {
      kind: "status",
      number: phoneID,
      id,
      waId: contact.wa_id,
      userId: contact.user_id,
      name: undefined,
      at: Number(timestamp) * 1_000,
      what: [status, error?.code],
      context: data,
    };
  };
  await api.post(body as never, raw, signature).catch((error: unknown) => {
    // It says so of what it does not know, and stumbles over bodies without a number.
    const unknown = error instanceof Error && /Unexpected payload|undefined/.test(error.message);
    if (!unknown) throw error;
  });
  return told;
}

function ours(item: WebhookItem | undefined): Told | undefined {
  if (item?.kind === "message") {
    const { phoneNumberId: number, id, contact, timestampMs: at, message, context } = item;
    const what = message.type === "unknown" ? (message.raw as object) : message;
    const { waId, userId, name } = contact;
    return { kind: "message", number, id, waId, userId, name, at, what, context };
  }
  if (item?.kind !== "status") return undefined;
  const { phoneNumberId: number, id, status, timestampMs: at, recipientId: waId, recipientUserId: userId } = item;
  const what = [status, item.errors[0]?.code];
  return { kind: "status", number, id, waId, userId, name: undefined, at, what, context: item.callbackData };
}

describe("two readers of webhooks agree", () => {
  test.each([...samples, ...OWN])("on %s", async (_name, body) => {
    const raw = JSON.stringify(body);
    const told = ours(decodeWebhook(body)[0]);
    expect(await theirs(body, raw, sign(asciiOf(raw)))).toEqual(told);
  });

  test("and the samples that they find something in are no exception", () => {
    const found = [...samples, ...OWN].filter(([, body]) => ours(decodeWebhook(body)[0]));
    expect(found.length).toBeGreaterThan((samples.length + OWN.length) / 2);
  });
});

/** As Meta writes JSON: everything beyond ASCII escaped, in small letters. */
function asciiOf(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const BODY = "Größe è ñ 🍕👩‍🍳 日本 — https://example.org/a/b";

function bodyWith(words: string): string {
  return webhook(change({ contacts: [sender({ waId: ANA })], messages: [text("wamid.1", Date.now(), words)] }, NUMBER));
}

const FORMS: readonly (readonly [string, (json: string) => string])[] = [
  ["raw UTF-8", (json) => json],
  ["escapes", asciiOf],
  ["escapes and \\/ for /", (json) => asciiOf(json).replaceAll("/", "\\/")],
];

describe("a body with emoji and accents", () => {
  test.each(FORMS)("as %s is taken with the signature of its bytes, and says the same", async (_name, form) => {
    const raw = form(bodyWith(BODY));
    const r = rig();
    expect((await r.bot.fetch(post(raw))).status).toBe(200);
    await r.settle();
    expect(r.api.texts()).toEqual([`echo ${BODY}`]);
  });

  test.each(FORMS)("as %s is not taken with a byte changed", async (_name, form) => {
    const raw = form(bodyWith(BODY));
    const { bot } = rig();
    expect((await bot.fetch(post(raw.replace("wamid.1", "wamid.2"), sign(raw)))).status).toBe(401);
  });

  test("is taken as raw UTF-8 with the signature of its escapes, as the other reader does", async () => {
    const raw = bodyWith(BODY);
    const verify = createVerify([SECRET]);
    expect(await verify(sign(asciiOf(raw)), new TextEncoder().encode(raw))).toBe(true);
    const api = new WhatsAppAPI({ token: "t", appSecret: SECRET, v: "v23.0" });
    expect(await api.verifyRequestSignature(raw, sign(asciiOf(raw)))).toBe(true);
    expect(await api.verifyRequestSignature(asciiOf(raw), sign(asciiOf(raw)))).toBe(true);
  });
});
