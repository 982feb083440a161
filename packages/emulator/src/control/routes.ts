/** The control API as one table: the router and its OpenAPI description go by it. */
import type { EmulatorTemplate, Fault, Phone, TemplateStatus, WebhookTarget } from "../types.ts";
import { act } from "./act.ts";
import { readHistory } from "./history.ts";
import { describe } from "./openapi.ts";
import { type Body, ControlError, duration } from "./read.ts";
import type { Call, Route } from "./route.ts";
import { anything, list, object, ref, said, text } from "./schema.ts";

function phoneOf({ emulator, params }: Call): Phone {
  const id = params["contact"] ?? "";
  const contact = emulator.contacts().find((one) => one.id === id || one.userId === id);
  if (!contact) throw new ControlError(404, `there is no contact ${id}`);
  return emulator.phone(contact.id);
}

/** Durations of a fault, as the texts that they may be. */
function faultOf(body: Body): Fault {
  const times = ["ms", "upToMs"].filter((key) => body[key] !== undefined);
  return { ...body, ...Object.fromEntries(times.map((key) => [key, duration(body, key)])) } as unknown as Fault;
}

/** What is not possible as things are. */
function possibly(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (error instanceof RangeError) throw new ControlError(409, error.message);
    throw error;
  }
}

function addFault({ emulator, body }: Call): unknown {
  possibly(() => emulator.inject(faultOf(body)));
  return { faults: emulator.faults() };
}

function behave({ emulator, body }: Call): unknown {
  possibly(() => emulator.behave(body));
  return emulator.behaviour();
}

function setTemplate({ emulator, body }: Call): unknown {
  const template = body as unknown as EmulatorTemplate;
  emulator.setTemplate(template);
  return emulator.templates().find(({ name, language }) => name === template.name && language === template.language);
}

function judge({ emulator, params, body }: Call): unknown {
  const { name = "", language = "" } = params;
  const { status, reason } = body as { readonly status: TemplateStatus; readonly reason?: string };
  if (!emulator.judgeTemplate(name, language, status, reason))
    throw new ControlError(404, `there is no template ${name} in ${language}`);
  return emulator.templates().find((template) => template.name === name && template.language === language);
}

async function setWebhook({ emulator, body }: Call): Promise<unknown> {
  const target = body as unknown as WebhookTarget;
  if (!URL.canParse(target.url)) throw new ControlError(400, '"url" is no URL');
  if (await emulator.connect(target)) return { url: target.url };
  throw new ControlError(409, `${target.url} did not answer the verification with the challenge`);
}

function clockOf({ emulator }: Call): unknown {
  const now = emulator.clock.now();
  return { now, iso: new Date(now).toISOString(), advanceable: "advanceTo" in emulator.clock };
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

const CONTACTS = "/contacts/{contact}";

const OF_CONTACTS: readonly Route[] = [
  {
    method: "GET",
    path: "/contacts",
    id: "listContacts",
    summary: "Everybody with a phone here",
    answer: object({ contacts: list(ref("Contact")) }, ["contacts"]),
    handle: ({ emulator }) => ({ contacts: emulator.contacts() }),
  },
  {
    method: "POST",
    path: "/contacts",
    id: "addContact",
    summary: "Add a contact; without `phone` the business sees the user id alone",
    body: ref("NewContact"),
    answer: ref("Contact"),
    handle: ({ emulator, body }) => emulator.phone(body).contact,
  },
  {
    method: "GET",
    path: CONTACTS,
    id: "readContact",
    summary: "One contact, by number or user id",
    answer: ref("Contact"),
    handle: (call) => phoneOf(call).contact,
  },
  {
    method: "PATCH",
    path: CONTACTS,
    id: "changeContact",
    summary: "Change devices, go offline and online, block the business, …",
    body: ref("ContactChange"),
    answer: ref("Contact"),
    handle: (call) => phoneOf(call).changes(call.body),
  },
  {
    method: "PUT",
    path: `${CONTACTS}/number`,
    id: "changeNumber",
    summary: "Move to another number; the business hears of it",
    body: object({ phone: text }, ["phone"]),
    answer: ref("Contact"),
    handle: (call) => {
      const phone = phoneOf(call);
      phone.changesNumber(String(call.body["phone"]));
      return phone.contact;
    },
  },
  {
    method: "POST",
    path: `${CONTACTS}/messages`,
    id: "act",
    summary: "Do what a person can do with the chat",
    body: ref("Act"),
    answer: ref("Bubble"),
    handle: (call) => act(phoneOf(call), call.body),
  },
  {
    method: "POST",
    path: `${CONTACTS}/calls`,
    id: "call",
    summary: "Call the business, by the button of the message `of` too; rings for a minute",
    body: object({ of: text }),
    answer: object({ id: text }, ["id"]),
    handle: (call) => ({ id: phoneOf(call).calls(call.body) }),
  },
  {
    method: "DELETE",
    path: `${CONTACTS}/calls/{call}`,
    id: "hangUp",
    summary: "End a call",
    answer: object({ id: text }, ["id"]),
    handle: (call) => {
      const { call: id = "" } = call.params;
      phoneOf(call).hangsUp(id);
      return { id };
    },
  },
  {
    method: "POST",
    path: `${CONTACTS}/echoes`,
    id: "echo",
    summary: "A person at the business writes in the WhatsApp Business app",
    body: object({ text }, ["text"]),
    answer: ref("Bubble"),
    handle: (call) => call.emulator.writes(phoneOf(call).contact.id, String(call.body["text"])),
  },
  {
    method: "GET",
    path: `${CONTACTS}/history`,
    id: "readHistory",
    summary: "What the phone shows, oldest first",
    query: { after: "Only what is new or changed since.", wait: "Ms to wait for something new." },
    answer: ref("History"),
    handle: (call) => {
      const { after = 0, wait = 0 } = call.query;
      return readHistory(call.emulator, phoneOf(call), after, wait);
    },
  },
];

const OF_WORLD: readonly Route[] = [
  {
    method: "GET",
    path: "/clock",
    id: "readClock",
    summary: "What time it is here",
    answer: ref("Clock"),
    handle: clockOf,
  },
  {
    method: "POST",
    path: "/clock",
    id: "advanceClock",
    summary: "Let time pass: all that is due in between happens at its time",
    body: object({ advance: ref("Duration") }, ["advance"]),
    answer: ref("Clock"),
    handle: advance,
  },
  {
    method: "GET",
    path: "/behaviour",
    id: "readBehaviour",
    summary: "How this WhatsApp behaves",
    answer: ref("Behaviour"),
    handle: ({ emulator }) => emulator.behaviour(),
  },
  {
    method: "PATCH",
    path: "/behaviour",
    id: "behave",
    summary: "Rate limits, delays of statuses, batches of webhooks, …",
    body: ref("Behaviour"),
    answer: ref("Behaviour"),
    handle: behave,
  },
  {
    method: "PUT",
    path: "/webhook",
    id: "setWebhook",
    summary: "Send webhooks there, if it verifies itself",
    body: ref("Webhook"),
    answer: object({ url: text }, ["url"]),
    handle: setWebhook,
  },
  {
    method: "GET",
    path: "/templates",
    id: "listTemplates",
    summary: "All templates",
    answer: object({ templates: list(ref("Template")) }, ["templates"]),
    handle: ({ emulator }) => ({ templates: emulator.templates() }),
  },
  {
    method: "POST",
    path: "/templates",
    id: "setTemplate",
    summary: "Add a template, approved unless `status` says otherwise; the same name and language replaces it",
    body: ref("Template"),
    answer: ref("Template"),
    handle: setTemplate,
  },
  {
    method: "PATCH",
    path: "/templates/{name}/{language}",
    id: "judgeTemplate",
    summary: "Approve, reject, pause or disable; the webhook hears of it",
    body: object({ status: ref("TemplateStatus"), reason: text }, ["status"]),
    answer: ref("Template"),
    handle: judge,
  },
  {
    method: "GET",
    path: "/faults",
    id: "listFaults",
    summary: "What goes wrong next",
    answer: ref("Faults"),
    handle: ({ emulator }) => ({ faults: emulator.faults() }),
  },
  {
    method: "POST",
    path: "/faults",
    id: "addFault",
    summary: "Let something go wrong: once, `times` times, or at a `rate`",
    body: ref("Fault"),
    answer: ref("Faults"),
    handle: addFault,
  },
  {
    method: "DELETE",
    path: "/faults",
    id: "clearFaults",
    summary: "Let nothing go wrong any more",
    answer: ref("Faults"),
    handle: ({ emulator }) => {
      emulator.clearFaults();
      return { faults: [] };
    },
  },
  {
    method: "GET",
    path: "/log",
    id: "readLog",
    summary: "The last thousand API calls and webhook deliveries, with what was answered",
    query: { after: "Only entries behind this one." },
    answer: object({ log: list(anything) }, ["log"]),
    handle: ({ emulator, query: { after = 0 } }) => ({ log: emulator.log().filter((entry) => entry.n > after) }),
  },
];

export const ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "",
    id: "overview",
    summary: "Ids, webhook, clock and contacts",
    answer: object(
      {
        phoneNumberId: text,
        displayPhoneNumber: text,
        wabaId: text,
        webhook: { anyOf: [said(text, "Its address."), { type: "null" }] },
        clock: ref("Clock"),
        contacts: list(ref("Contact")),
      },
      ["phoneNumberId", "displayPhoneNumber", "wabaId", "webhook", "clock", "contacts"],
    ),
    handle: overview,
  },
  {
    method: "GET",
    path: "/openapi.json",
    id: "describe",
    summary: "This description",
    answer: anything,
    handle: () => describe(ROUTES),
  },
  ...OF_CONTACTS,
  ...OF_WORLD,
];
