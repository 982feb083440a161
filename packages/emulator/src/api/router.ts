import { type MessageRequest, type ReadRequest, validateRequest } from "@parley/whatsapp";
import { type Context, writeLog } from "../context.ts";
import { passTime, takeFault } from "../faults/take.ts";
import { answerCall } from "../phone/calls.ts";
import { digitsOf, findContact } from "../phone/contacts.ts";
import { blockUsers, listBlocked, phoneNumber, readProfile, unblockUsers, writeProfile } from "./account.ts";
import { type Answer, ConnectionCut, graphBroken, json, refuse, unknownObject, unknownPath } from "./answer.ts";
import { deleteMedia, downloadMedia, isUpload, lookupMedia, readForm, uploadMedia } from "./media.ts";
import { DOWNLOADS } from "./media-store.ts";
import { lookupPayment } from "./orders.ts";
import { markAsRead } from "./read.ts";
import { send } from "./send.ts";
import { createTemplate, deleteTemplate, listTemplates, oneTemplate, templateById } from "./template-admin.ts";

interface Call {
  readonly ctx: Context;
  readonly method: string;
  readonly url: URL;
  /** Of the path behind the version. */
  readonly path: string;
  readonly body: unknown;
  readonly form: FormData | undefined;
}

type Handler = (call: Call) => Answer | Promise<Answer>;

/** Contact that a fault can be meant for: whom the body is for, as far as it can be read. */
function contactIn(ctx: Context, body: unknown): string {
  const { to, recipient, message_id } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof message_id === "string") return ctx.messages.get(message_id)?.contact.id ?? "";
  const id = typeof to === "string" ? to : recipient;
  return typeof id === "string" ? (findContact(ctx, id)?.id ?? digitsOf(id) ?? id) : "";
}

function faultAnswer(ctx: Context, contact: string): Answer | undefined {
  const error = takeFault(ctx, "apiError", contact);
  const status = error ? undefined : takeFault(ctx, "apiStatus", contact);
  const after = error?.retryAfterS ?? status?.retryAfterS;
  const headers = after === undefined ? {} : { headers: { "retry-after": String(after) } };
  if (error) return { ...refuse(ctx, error.code, "The emulator was told to answer so"), ...headers };
  return status && { status: status.status, body: {}, ...headers };
}

/** A missing or a wrong token; WhatsApp looks at it before anything else. */
function unauthorized(ctx: Context, request: Request): Answer | undefined {
  const header = request.headers.get("authorization") ?? "";
  const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(header)?.[1];
  if (token === undefined) {
    const message = "(#2500) An active access token must be used to query information about the current user.";
    return graphBroken(ctx, "token-is-given", { message, type: "OAuthException" });
  }
  if (ctx.settings.token === undefined || token === ctx.settings.token) return undefined;
  const message = "Invalid OAuth access token - Cannot parse access token";
  return graphBroken(ctx, "token-is-right", { message, type: "OAuthException" });
}

function messages({ ctx, body }: Call): Answer {
  const result = validateRequest(body, { nowMs: ctx.clock.now() });
  if (!result.ok) return refuse(ctx, result.errors[0].code, result.errors[0].details);
  // The validator passed it.
  return result.kind === "read" ? markAsRead(ctx, body as ReadRequest) : send(ctx, body as MessageRequest);
}

/** Under the id of the phone number. */
const OF_NUMBER: Readonly<Record<string, Handler>> = {
  "GET ": ({ ctx }) => phoneNumber(ctx),
  "POST messages": messages,
  "POST media": ({ ctx, form, url }) => uploadMedia(ctx, form, url.searchParams),
  "POST calls": ({ ctx, body }) => answerCall(ctx, body),
  "GET whatsapp_business_profile": ({ ctx, url }) => readProfile(ctx, url.searchParams),
  "POST whatsapp_business_profile": ({ ctx, body }) => writeProfile(ctx, body),
  "GET block_users": ({ ctx }) => listBlocked(ctx),
  "POST block_users": ({ ctx, body }) => blockUsers(ctx, body),
  "DELETE block_users": ({ ctx, body }) => unblockUsers(ctx, body),
};

/** Under the id of the WhatsApp Business account. */
const OF_ACCOUNT: Readonly<Record<string, Handler>> = {
  "GET message_templates": ({ ctx, url }) => listTemplates(ctx, url.searchParams),
  "POST message_templates": ({ ctx, body }) => createTemplate(ctx, body),
  "DELETE message_templates": ({ ctx, url }) => deleteTemplate(ctx, url.searchParams),
};

/** Under any other id: a file, or a template. */
function ofObject(call: Call, id: string): Answer {
  const { ctx, method, url } = call;
  if (method === "GET" && templateById(ctx, id)) return oneTemplate(ctx, id);
  if (method === "GET") return lookupMedia(ctx, id, url);
  return method === "DELETE" ? deleteMedia(ctx, id) : unknownObject(ctx, id);
}

function route(call: Call): Answer | Promise<Answer> {
  const { ctx, method, path } = call;
  const [, id = "", what = "", ...rest] = path.split("/");
  if (what === "" && id !== ctx.settings.phoneNumberId && /^[0-9]+$/.test(id)) return ofObject(call, id);
  if (method === "GET" && what === "message_templates" && rest.length === 1 && id === ctx.settings.wabaId)
    return oneTemplate(ctx, rest[0] ?? "");
  if (method === "GET" && what === "payments" && rest.length === 2 && id === ctx.settings.phoneNumberId)
    return lookupPayment(ctx, rest[1] ?? "");
  const key = `${method} ${[what, ...rest].join("/")}`;
  const [owner, handler] = Object.hasOwn(OF_NUMBER, key)
    ? [ctx.settings.phoneNumberId, OF_NUMBER[key]]
    : [ctx.settings.wabaId, Object.hasOwn(OF_ACCOUNT, key) ? OF_ACCOUNT[key] : undefined];
  if (!handler) return unknownPath(ctx, path);
  return id === owner ? handler(call) : unknownObject(ctx, id);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The Graph API takes lists and objects among the parameters as texts of JSON too, and some clients send them so. */
function unwrapped(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const entries = Object.entries(body).map(([key, value]: [string, unknown]) => {
    const wrapped = typeof value === "string" && /^[[{]/.test(value) ? parse(value) : undefined;
    return [key, wrapped ?? value];
  });
  return Object.fromEntries(entries);
}

/** The version may be left out, as some clients do. Undefined for what is no path of the API. */
export function apiPath(path: string): string | undefined {
  if (path.startsWith(DOWNLOADS)) return path;
  const versioned = /^\/v[0-9]+\.[0-9]+(\/.*)$/.exec(path)?.[1];
  return versioned ?? (/^\/[0-9]+(?:\/|$)/.test(path) ? path : undefined);
}

/** Downloads are of another host of WhatsApp's, and answer without its errors. */
function download(ctx: Context, request: Request, url: URL): Response {
  const refused = unauthorized(ctx, request);
  const response = refused ? new Response("", { status: refused.status }) : downloadMedia(ctx, url);
  const path = url.pathname;
  writeLog(ctx, { kind: "api", method: request.method, path, request: "", status: response.status, response: "" });
  return response;
}

/** The Cloud API. Rejects with `ConnectionCut` where a fault cuts the connection, or the client gave up waiting. */
export async function handleApi(ctx: Context, request: Request, path: string): Promise<Response> {
  const url = new URL(request.url);
  if (path.startsWith(DOWNLOADS)) return download(ctx, request, url);
  const form = isUpload(request) ? await readForm(request) : undefined;
  const text = form ? "" : await request.text().catch(() => "");
  const body = unwrapped(parse(text));
  const contact = contactIn(ctx, body);
  const { method } = request;
  const log = ({ status, body: response }: Answer): void =>
    writeLog(ctx, { kind: "api", method, path: url.pathname, request: body ?? text, status, response });
  const cut = takeFault(ctx, "drop", contact);
  if (cut && !cut.accepted) {
    log({ status: 0, body: null });
    throw new ConnectionCut();
  }
  const call: Call = { ctx, method, url, path, body, form };
  const answer = unauthorized(ctx, request) ?? faultAnswer(ctx, contact) ?? (await route(call));
  log(cut ? { status: 0, body: answer.body } : answer);
  const slow = takeFault(ctx, "slow", contact);
  if (slow) await passTime(ctx, slow.ms);
  if (cut || request.signal.aborted) throw new ConnectionCut();
  return json(answer);
}
