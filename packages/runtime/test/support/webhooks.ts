import { createHmac } from "node:crypto";

export const NUMBER = "106540352242922";
export const SECRET = "app-secret";
export const ANA = "16505551234";

export function sign(body: string | Uint8Array, secret: string = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

export function post(body: string, signature: string = sign(body)): Request {
  return new Request("http://bot.test/", {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "x-hub-signature-256": signature },
  });
}

export interface Value {
  readonly contacts?: readonly object[];
  readonly messages?: readonly object[];
  readonly statuses?: readonly object[];
  readonly errors?: readonly object[];
}

export function change(value: Value, number: string = NUMBER): object {
  const metadata = { display_phone_number: "15550783881", phone_number_id: number };
  return { field: "messages", value: { messaging_product: "whatsapp", metadata, ...value } };
}

export function webhook(...changes: readonly object[]): string {
  return JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "102290129340398", changes }] });
}

export interface From {
  readonly waId?: string;
  readonly userId?: string;
  readonly name?: string;
}

export function sender({ waId, userId, name = "Ana" }: From): object {
  return {
    profile: { name },
    ...(waId === undefined ? {} : { wa_id: waId }),
    ...(userId === undefined ? {} : { user_id: userId }),
  };
}

export function message(id: string, atMs: number, content: object, from: From = { waId: ANA }): object {
  return {
    ...(from.waId === undefined ? {} : { from: from.waId }),
    ...(from.userId === undefined ? {} : { from_user_id: from.userId }),
    id,
    timestamp: String(Math.floor(atMs / 1000)),
    ...content,
  };
}

export function text(id: string, atMs: number, body: string, from: From = { waId: ANA }): object {
  return message(id, atMs, { type: "text", text: { body } }, from);
}

export function tap(id: string, atMs: number, option: string, context?: string): object {
  return message(id, atMs, {
    type: "interactive",
    interactive: { type: "button_reply", button_reply: { id: option, title: "x" } },
    ...(context === undefined ? {} : { context: { from: "15550783881", id: context } }),
  });
}

export function status(wamid: string, atMs: number, of: string, more: object = {}): object {
  return { id: wamid, status: of, timestamp: String(Math.floor(atMs / 1000)), recipient_id: ANA, ...more };
}
