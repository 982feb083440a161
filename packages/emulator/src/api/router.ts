import { type MessageRequest, type ReadRequest, validateRequest } from "@parley/whatsapp";
import { type Context, writeLog } from "../context.ts";
import { takeFault } from "../faults.ts";
import { digitsOf, findContact } from "../phone/contacts.ts";
import { type Answer, ConnectionCut, graphRefuse, json, refuse } from "./answer.ts";
import { isUpload, readForm, uploadMedia } from "./media.ts";
import { markAsRead } from "./read.ts";
import { send } from "./send.ts";

/** Contact that a fault can be meant for: whom the body is for, as far as it can be read. */
function contactIn(ctx: Context, body: unknown): string {
  const { to, recipient, message_id } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof message_id === "string") return ctx.messages.get(message_id)?.contact.id ?? "";
  const id = typeof to === "string" ? to : recipient;
  return typeof id === "string" ? (findContact(ctx, id)?.id ?? digitsOf(id) ?? id) : "";
}

function faultAnswer(ctx: Context, contact: string): Answer | undefined {
  const error = takeFault(ctx, "apiError", contact);
  if (error) return refuse(ctx, error.code, "The emulator was told to answer so");
  const status = takeFault(ctx, "apiStatus", contact);
  return status && { status: status.status, body: {} };
}

/** A missing or a wrong token; WhatsApp looks at it before anything else. */
function unauthorized(ctx: Context, request: Request): Answer | undefined {
  const header = request.headers.get("authorization") ?? "";
  const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(header)?.[1];
  if (token === undefined) {
    const message = "An active access token must be used to query information about the current user.";
    return graphRefuse(ctx, 401, { message: `(#2500) ${message}`, type: "OAuthException", code: 2500 });
  }
  if (ctx.settings.token === undefined || token === ctx.settings.token) return undefined;
  const message = "Invalid OAuth access token - Cannot parse access token";
  return graphRefuse(ctx, 401, { message, type: "OAuthException", code: 190 });
}

function unknownObject(ctx: Context, id: string): Answer {
  const message = `Unsupported post request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`;
  return graphRefuse(ctx, 400, { message, type: "GraphMethodException", code: 100, error_subcode: 33 });
}

function messages(ctx: Context, id: string, body: unknown): Answer {
  if (id !== ctx.settings.phoneNumberId) return unknownObject(ctx, id);
  const result = validateRequest(body, { nowMs: ctx.clock.now() });
  if (!result.ok) return refuse(ctx, result.errors[0].code, result.errors[0].details);
  // The validator passed it.
  return result.kind === "read" ? markAsRead(ctx, body as ReadRequest) : send(ctx, body as MessageRequest);
}

function templates(ctx: Context, id: string): Answer {
  if (id !== ctx.settings.wabaId) return unknownObject(ctx, id);
  const data = Array.from(ctx.templates.values(), (template) => ({ status: "APPROVED", ...template }));
  return { status: 200, body: { data } };
}

function route(ctx: Context, request: Request, path: string, body: unknown, form: FormData | undefined): Answer {
  const [, , id = "", what = ""] = path.split("/");
  if (request.method === "POST" && what === "messages") return messages(ctx, id, body);
  if (request.method === "POST" && what === "media")
    return id === ctx.settings.phoneNumberId ? uploadMedia(ctx, form) : unknownObject(ctx, id);
  if (request.method === "GET" && what === "message_templates") return templates(ctx, id);
  const message = `Unknown path components: ${path.slice(path.indexOf("/", 1))}`;
  return graphRefuse(ctx, 400, { message, type: "OAuthException", code: 2500 });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The Cloud API: `/vNN.N/…`. Rejects with `ConnectionCut` where a fault cuts the connection. */
export async function handleApi(ctx: Context, request: Request, path: string): Promise<Response> {
  const form = isUpload(request) ? await readForm(request) : undefined;
  const text = form ? "" : await request.text().catch(() => "");
  const body = parse(text);
  const contact = contactIn(ctx, body);
  const log = (answer: Answer): void =>
    writeLog(ctx, {
      kind: "api",
      method: request.method,
      path,
      request: body ?? text,
      status: answer.status,
      response: answer.body,
    });
  const cut = takeFault(ctx, "drop", contact);
  if (cut && !cut.accepted) {
    log({ status: 0, body: null });
    throw new ConnectionCut();
  }
  const answer = unauthorized(ctx, request) ?? faultAnswer(ctx, contact) ?? route(ctx, request, path, body, form);
  log(cut ? { status: 0, body: answer.body } : answer);
  if (cut) throw new ConnectionCut();
  return json(answer);
}
