import { isUserId } from "@parley/whatsapp";
import { advanceAll, settleAll } from "./advance.ts";
import { graphRefuse, json } from "./api/answer.ts";
import { handleApi } from "./api/router.ts";
import { templateKey } from "./api/templates.ts";
import { type ContactState, type Context, publicContact } from "./context.ts";
import { handleControl } from "./control/router.ts";
import { inject } from "./faults.ts";
import { createLog } from "./log.ts";
import { addContact, findContact } from "./phone/contacts.ts";
import { personWrites } from "./phone/echo.ts";
import { createPhone } from "./phone/phone.ts";
import { createRandom } from "./random.ts";
import { throughputBucket } from "./rates.ts";
import type { ContactInit, Emulator, EmulatorOptions, EmulatorTemplate, Phone } from "./types.ts";
import { closeQueue, createQueue } from "./webhooks/queue.ts";
import { verifies } from "./webhooks/verify.ts";

function createContext(options: EmulatorOptions): Context {
  const { clock, delays = {} } = options;
  return {
    settings: {
      token: options.token,
      phoneNumberId: options.phoneNumberId ?? "106540352242922",
      displayPhoneNumber: options.displayPhoneNumber ?? "15550783881",
      wabaId: options.wabaId ?? "102290129340398",
      rates: options.rates ?? true,
      unknownNumbers: options.unknownNumbers ?? "create",
      delays: {
        sent: delays.sent ?? 0,
        delivered: delays.delivered ?? 0,
        read: delays.read === undefined ? 0 : delays.read,
      },
    },
    clock,
    random: createRandom(options.seed ?? String(clock.now())),
    post: options.fetch ?? ((request) => fetch(request)),
    webhook: options.webhook,
    signingKeys: new Map(),
    companion: options.companion,
    contacts: [],
    messages: new Map(),
    templates: new Map(options.templates?.map((template) => [templateKey(template.name, template.language), template])),
    faults: [],
    throughput: throughputBucket(clock.now()),
    queue: createQueue((options.delivery ?? "automatic") === "automatic"),
    log: createLog(),
    changes: 0,
    listeners: new Set(),
  };
}

function stateOf(ctx: Context, id: string): ContactState {
  return findContact(ctx, id) ?? addContact(ctx, isUserId(id) ? { userId: id } : { phone: id });
}

function phoneOf(ctx: Context, id: string | ContactInit): Phone {
  return createPhone(ctx, typeof id === "string" ? stateOf(ctx, id) : addContact(ctx, id));
}

/** A Cloud API with its users' phones, in memory. Any client in any language can be pointed at its `fetch`. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const ctx = createContext(options);
  for (const contact of options.contacts ?? []) addContact(ctx, contact);
  const emulator: Emulator = {
    fetch: async (request) => {
      const path = new URL(request.url).pathname;
      if (/^\/v[0-9]+\.[0-9]+\//.test(path)) return handleApi(ctx, request, path);
      if (path === "/_emulator" || path.startsWith("/_emulator/")) return handleControl(ctx, emulator, request);
      const message = `Unknown path components: ${path}`;
      return json(graphRefuse(ctx, 400, { message, type: "OAuthException", code: 2500 }));
    },
    phoneNumberId: ctx.settings.phoneNumberId,
    displayPhoneNumber: ctx.settings.displayPhoneNumber,
    clock: ctx.clock,
    phone: (id) => phoneOf(ctx, id),
    writes: (id, text) => personWrites(ctx, stateOf(ctx, id), text),
    contacts: () => ctx.contacts.map(publicContact),
    templates: () => [...ctx.templates.values()],
    setTemplate: (template: EmulatorTemplate) => {
      ctx.templates.set(templateKey(template.name, template.language), template);
    },
    inject: (fault) => inject(ctx, fault),
    faults: () => ctx.faults.map(({ fault, left }) => ({ ...fault, times: left })),
    clearFaults: () => {
      ctx.faults.length = 0;
    },
    connect: async (target) => {
      if (!(await verifies(ctx, target))) return false;
      ctx.webhook = target;
      return true;
    },
    log: () => ctx.log.entries,
    on: (listener) => {
      ctx.listeners.add(listener);
      return () => ctx.listeners.delete(listener);
    },
    settle: () => settleAll(ctx),
    nextDue: () => ctx.queue.jobs[0]?.due,
    advance: (ms) => advanceAll(ctx, ms),
    close: () => closeQueue(ctx.queue, ctx.clock),
  };
  return emulator;
}
