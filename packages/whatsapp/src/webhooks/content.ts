import { isObject } from "../json.ts";
import type { InboundMessage } from "./items.ts";
import { list, nonEmpty, number, object, type Raw, text } from "./read.ts";
import type { FlowReply, InboundContactCard, InboundInteractive, InboundMedia, InboundOrder } from "./wire.ts";

type Content = Exclude<InboundMessage, { readonly type: "unknown" }>;
type Reader = (raw: Raw) => Content | undefined;

// The casts in this file are of objects whose required fields were just checked; the other fields are optional in the
// types, come from Meta, and are passed on as they are.

function media(raw: Raw, key: string): InboundMedia | undefined {
  const value = object(raw, key);
  return value && nonEmpty(value, "id") !== undefined ? (value as unknown as InboundMedia) : undefined;
}

function readText(raw: Raw): Content | undefined {
  const body = text(object(raw, "text") ?? {}, "body");
  return body === undefined ? undefined : { type: "text", text: { body } };
}

function readLocation(raw: Raw): Content | undefined {
  const value = object(raw, "location");
  if (!value) return undefined;
  const latitude = number(value, "latitude");
  const longitude = number(value, "longitude");
  if (latitude === undefined || longitude === undefined) return undefined;
  return { type: "location", location: { ...value, latitude, longitude } };
}

function readContacts(raw: Raw): Content | undefined {
  if (!Array.isArray(raw["contacts"])) return undefined;
  return { type: "contacts", contacts: list(raw, "contacts").filter(isObject) as unknown as InboundContactCard[] };
}

function readReaction(raw: Raw): Content | undefined {
  const value = object(raw, "reaction") ?? {};
  const messageId = nonEmpty(value, "message_id");
  if (messageId === undefined) return undefined;
  const emoji = nonEmpty(value, "emoji");
  return { type: "reaction", reaction: { message_id: messageId, ...(emoji === undefined ? {} : { emoji }) } };
}

function readButton(raw: Raw): Content | undefined {
  const value = object(raw, "button") ?? {};
  const label = text(value, "text");
  const payload = text(value, "payload") ?? label;
  return payload === undefined ? undefined : { type: "button", button: { payload, text: label ?? payload } };
}

function readFlowReply(reply: Raw): FlowReply | undefined {
  const answer = reply["response_json"];
  if (answer === undefined) return undefined;
  return { ...reply, response_json: typeof answer === "string" ? answer : JSON.stringify(answer) };
}

function readReply(value: Raw, key: "button_reply" | "list_reply"): { id: string; title: string } | undefined {
  const reply = object(value, key) ?? {};
  const id = text(reply, "id");
  return id === undefined ? undefined : { ...reply, id, title: text(reply, "title") ?? "" };
}

function readInteractiveContent(value: Raw): InboundInteractive | undefined {
  switch (value["type"]) {
    case "button_reply": {
      const reply = readReply(value, "button_reply");
      return reply && { type: "button_reply", button_reply: reply };
    }
    case "list_reply": {
      const reply = readReply(value, "list_reply");
      return reply && { type: "list_reply", list_reply: reply };
    }
    case "nfm_reply": {
      const reply = readFlowReply(object(value, "nfm_reply") ?? {});
      return reply && { type: "nfm_reply", nfm_reply: reply };
    }
    case "call_permission_reply": {
      const reply = object(value, "call_permission_reply") ?? {};
      const response = text(reply, "response");
      if (response === undefined) return undefined;
      return { type: "call_permission_reply", call_permission_reply: { ...reply, response } };
    }
    default:
      return undefined;
  }
}

function readInteractive(raw: Raw): Content | undefined {
  const interactive = readInteractiveContent(object(raw, "interactive") ?? {});
  return interactive && { type: "interactive", interactive };
}

function readOrder(raw: Raw): Content | undefined {
  const value = object(raw, "order");
  if (!value || text(value, "catalog_id") === undefined || !Array.isArray(value["product_items"])) return undefined;
  return { type: "order", order: value as unknown as InboundOrder };
}

function readUnsupported(raw: Raw): Content {
  const value = object(raw, "unsupported");
  return { type: "unsupported", ...(value ? { unsupported: value } : {}) };
}

function objectReader(type: "system" | "edit" | "revoke"): Reader {
  return (raw) => {
    const value = object(raw, type);
    return value && ({ type, [type]: value } as unknown as Content);
  };
}

function mediaReader(type: "image" | "video" | "audio" | "document" | "sticker"): Reader {
  return (raw) => {
    const value = media(raw, type);
    return value && ({ type, [type]: value } as unknown as Content);
  };
}

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["text", readText],
  ["image", mediaReader("image")],
  ["video", mediaReader("video")],
  ["audio", mediaReader("audio")],
  ["document", mediaReader("document")],
  ["sticker", mediaReader("sticker")],
  ["location", readLocation],
  ["contacts", readContacts],
  ["reaction", readReaction],
  ["button", readButton],
  ["interactive", readInteractive],
  ["order", readOrder],
  ["system", objectReader("system")],
  ["request_welcome", () => ({ type: "request_welcome" })],
  ["unsupported", readUnsupported],
  // The obsolete spelling of unsupported.
  ["unknown", readUnsupported],
  ["edit", objectReader("edit")],
  ["revoke", objectReader("revoke")],
]);

/** The content of a message by its `type`; unknown types and payloads that are not as documented keep their JSON. */
export function readContent(raw: Raw): InboundMessage {
  const wireType = text(raw, "type");
  const content = wireType === undefined ? undefined : READERS.get(wireType)?.(raw);
  return content ?? { type: "unknown", wireType, raw };
}

/** What a flow, or an address form, answered; undefined when the answer is not a JSON object. */
export function flowResponse(reply: FlowReply): Readonly<Record<string, unknown>> | undefined {
  try {
    const answer: unknown = JSON.parse(reply.response_json);
    return isObject(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}
