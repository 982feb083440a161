/** The control API, `/_emulator/…`: a thin layer over the emulator's own interface. Documented in `docs/emulator.md`. */
import { json } from "../api/answer.ts";
import type { Context } from "../context.ts";
import {
  type ContactInit,
  type Emulator,
  type EmulatorTemplate,
  type Fault,
  type Phone,
  PhoneError,
} from "../types.ts";
import { act } from "./act.ts";
import { readHistory } from "./history.ts";
import { type Body, ControlError, duration, flag, list, need, number, present, readBody, text, word } from "./read.ts";

interface Call {
  readonly ctx: Context;
  readonly emulator: Emulator;
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: Body;
}

type Handler = (call: Call) => unknown;

function phoneOf({ emulator, id }: Call): Phone {
  const contact = emulator.contacts().find((one) => one.id === id || one.userId === id);
  if (!contact) throw new ControlError(404, `there is no contact ${id}`);
  return emulator.phone(contact.id);
}

function addContact({ emulator, body }: Call): unknown {
  const init = present<ContactInit>({
    phone: text(body, "phone"),
    name: text(body, "name"),
    userId: text(body, "userId"),
    username: text(body, "username"),
    hidden: flag(body, "hidden"),
    reads: flag(body, "reads"),
    onWhatsApp: flag(body, "onWhatsApp"),
  });
  return emulator.phone(init).contact;
}

function addFault({ emulator, body }: Call): unknown {
  const base = present<{ times?: number; contact?: string }>({
    times: number(body, "times"),
    contact: text(body, "contact"),
  });
  const kind = word(body, "kind", ["duplicate", "late", "failDelivery", "apiError", "apiStatus", "drop"]);
  const fault = ((): Fault => {
    switch (kind) {
      case "duplicate":
        return { ...base, kind };
      case "late":
        return { ...base, kind, ms: duration(body, "ms") };
      case "failDelivery":
        return { ...base, kind, ...present<{ code?: number }>({ code: number(body, "code") }) };
      case "apiError":
        return { ...base, kind, code: need(number(body, "code"), "code") };
      case "apiStatus":
        return { ...base, kind, status: need(number(body, "status"), "status") };
      case "drop":
        return { ...base, kind, accepted: need(flag(body, "accepted"), "accepted") };
    }
  })();
  emulator.inject(fault);
  return { faults: emulator.faults() };
}

function setTemplate({ emulator, body }: Call): unknown {
  const template = {
    name: need(text(body, "name"), "name"),
    language: need(text(body, "language"), "language"),
    category: word(body, "category", ["UTILITY", "MARKETING", "AUTHENTICATION"]),
    status:
      body["status"] === undefined
        ? "APPROVED"
        : word(body, "status", ["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"]),
    components: need(list(body, "components"), "components") as EmulatorTemplate["components"],
  } satisfies EmulatorTemplate;
  emulator.setTemplate(template);
  return template;
}

async function setWebhook({ emulator, body }: Call): Promise<unknown> {
  const url = need(text(body, "url"), "url");
  if (!URL.canParse(url)) throw new ControlError(400, '"url" is no URL');
  const target = {
    url,
    appSecret: need(text(body, "appSecret"), "appSecret"),
    verifyToken: need(text(body, "verifyToken"), "verifyToken"),
  };
  if (await emulator.connect(target)) return { url };
  throw new ControlError(409, `${url} did not answer the verification with the challenge`);
}

function clockOf({ emulator }: Call): unknown {
  return {
    now: emulator.clock.now(),
    iso: new Date(emulator.clock.now()).toISOString(),
    advanceable: "advanceTo" in emulator.clock,
  };
}

async function advance(call: Call): Promise<unknown> {
  if (!("advanceTo" in call.emulator.clock)) throw new ControlError(409, "this emulator runs on the real clock");
  await call.emulator.advance(duration(call.body, "advance"));
  return clockOf(call);
}

function overview(call: Call): unknown {
  const { emulator, ctx } = call;
  return {
    phoneNumberId: emulator.phoneNumberId,
    displayPhoneNumber: emulator.displayPhoneNumber,
    wabaId: ctx.settings.wabaId,
    webhook: ctx.webhook?.url ?? null,
    clock: clockOf(call),
    contacts: emulator.contacts(),
  };
}

function count(query: URLSearchParams, key: string): number {
  const value = Number(query.get(key) ?? "0");
  if (!Number.isFinite(value)) throw new ControlError(400, `"${key}" must be a number`);
  return value;
}

/** By method and path; `:id` is a contact. */
const ROUTES: Readonly<Record<string, Handler>> = {
  "GET /": overview,
  "GET /contacts": ({ emulator }) => ({ contacts: emulator.contacts() }),
  "POST /contacts": addContact,
  "GET /contacts/:id": (call) => phoneOf(call).contact,
  "POST /contacts/:id/messages": (call) => act(phoneOf(call), call.body),
  "POST /contacts/:id/echoes": (call) =>
    call.emulator.writes(phoneOf(call).contact.id, need(text(call.body, "text"), "text")),
  "GET /contacts/:id/history": (call) =>
    readHistory(call.emulator, phoneOf(call), count(call.query, "after"), count(call.query, "wait")),
  "GET /clock": clockOf,
  "POST /clock": advance,
  "PUT /webhook": setWebhook,
  "GET /templates": ({ emulator }) => ({ templates: emulator.templates() }),
  "POST /templates": setTemplate,
  "GET /faults": ({ emulator }) => ({ faults: emulator.faults() }),
  "POST /faults": addFault,
  "DELETE /faults": ({ emulator }) => {
    emulator.clearFaults();
    return { faults: [] };
  },
  "GET /log": ({ emulator, query }) => ({ log: emulator.log().filter((entry) => entry.n > count(query, "after")) }),
};

/** As it stands where it is no percent-encoded text: then it names nothing that is there. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function refusal(error: unknown): Response {
  if (error instanceof ControlError) return json({ status: error.status, body: { error: { message: error.message } } });
  if (error instanceof PhoneError) return json({ status: 400, body: { error: { message: error.message } } });
  throw error;
}

export async function handleControl(ctx: Context, emulator: Emulator, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const [first = "", id = "", ...rest] = url.pathname.split("/").slice(2).map(decoded);
  const pattern =
    first === "contacts" && id !== ""
      ? ["contacts", ":id", ...rest]
      : [first, id, ...rest].filter((part) => part !== "");
  const handler = ROUTES[`${request.method} /${pattern.join("/")}`];
  if (!handler) return json({ status: 404, body: { error: { message: `no ${request.method} ${url.pathname}` } } });
  try {
    const body = request.method === "GET" ? {} : await readBody(request);
    return json({ status: 200, body: await handler({ ctx, emulator, id, query: url.searchParams, body }) });
  } catch (error) {
    return refusal(error);
  }
}
