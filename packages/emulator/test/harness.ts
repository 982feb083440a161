/** A business that keeps what its webhook got, and calls the API over `fetch` as any client would. */
import { decodeWebhook, type MessageItem, type StatusItem, type WebhookItem } from "@parley/whatsapp";
import { createEmulator, createVirtualClock, type EmulatorOptions } from "../src/index.ts";

export const START: number = Date.UTC(2026, 0, 5, 9, 0, 0);
export const SECRET = "app-secret";
export const HOOK = { url: "https://bot.example/webhook", appSecret: SECRET, verifyToken: "verify-me" };
export const ANA = "393331234567";

/** What answers can hold. A test reads what its own answer has; a field that is not there fails the test. */
export interface Json {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly code: number;
    readonly error_subcode: number;
  };
  readonly messages: readonly [{ readonly id: string; readonly message_status: string }];
  readonly contacts: readonly unknown[];
  readonly id: string;
  readonly username: string;
  readonly bubbles: readonly { readonly text: string }[];
  readonly after: number;
  readonly faults: readonly unknown[];
  readonly log: readonly unknown[];
}

interface Posted {
  readonly text: string;
  readonly signature: string | null;
  readonly items: readonly WebhookItem[];
}

export function harness(options: Partial<EmulatorOptions> = {}) {
  const clock = createVirtualClock(START);
  const posted: Posted[] = [];
  /** Statuses to answer the next webhooks with; 200 when empty. */
  const answers: number[] = [];
  const emulator = createEmulator({
    clock,
    seed: "test",
    webhook: HOOK,
    token: "token",
    delivery: "manual",
    contacts: [{ phone: ANA, name: "Ana" }],
    fetch: async (request) => {
      const url = new URL(request.url);
      if (request.method === "GET") {
        const right = url.searchParams.get("hub.verify_token") === HOOK.verifyToken;
        return new Response(right ? url.searchParams.get("hub.challenge") : "no", { status: right ? 200 : 403 });
      }
      const text = await request.text();
      const items = decodeWebhook(JSON.parse(text));
      posted.push({ text, signature: request.headers.get("x-hub-signature-256"), items });
      return new Response("", { status: answers.shift() ?? 200 });
    },
    ...options,
  });
  const api = async (
    body: unknown,
    {
      token = "token",
      path = `/v23.0/${emulator.phoneNumberId}/messages`,
    }: { token?: string | null; path?: string } = {},
  ): Promise<{ status: number; body: Json }> => {
    const response = await emulator.fetch(
      new Request(`https://graph.facebook.com${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    );
    return { status: response.status, body: (await response.json()) as Json };
  };
  const control = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> => {
    const response = await emulator.fetch(
      new Request(`http://localhost/_emulator${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, body: (await response.json()) as Json };
  };
  const items = (): readonly WebhookItem[] => posted.flatMap((one) => one.items);
  return {
    clock,
    emulator,
    posted,
    answers,
    api,
    control,
    items,
    messages: (): readonly MessageItem[] => items().filter((item) => item.kind === "message"),
    statuses: (): readonly StatusItem[] => items().filter((item) => item.kind === "status"),
    ana: emulator.phone(ANA),
  };
}

export function text(body: string, extra: object = {}): object {
  return { messaging_product: "whatsapp", to: ANA, type: "text", text: { body }, ...extra };
}

export function interactive(payload: object, extra: object = {}): object {
  return { messaging_product: "whatsapp", to: ANA, type: "interactive", interactive: payload, ...extra };
}

export const BUTTONS: object = interactive({
  type: "button",
  header: { type: "text", text: "Sizes" },
  body: { text: "What size?" },
  footer: { text: "Large feeds two" },
  action: {
    buttons: [
      { type: "reply", reply: { id: "s", title: "Small" } },
      { type: "reply", reply: { id: "l", title: "Large" } },
    ],
  },
});

export const LIST: object = interactive({
  type: "list",
  body: { text: "Which pizza?" },
  action: {
    button: "See pizzas",
    sections: [
      { title: "Today", rows: [{ id: "mar", title: "Margherita", description: "Tomato" }] },
      { title: "Else", rows: [{ id: "back", title: "Back" }] },
    ],
  },
});
