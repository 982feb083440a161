import { isUserId } from "@parley/whatsapp";
import { advanceAll, settleAll } from "./advance.ts";
import { json, unknownPath } from "./api/answer.ts";
import { apiPath, handleApi } from "./api/router.ts";
import { judgeTemplate, putTemplate } from "./api/template-admin.ts";
import { behave, behaviourOf, readBehaviour } from "./behaviour.ts";
import { type ContactState, type Context, publicContact } from "./context.ts";
import { handleControl } from "./control/router.ts";
import { inject, listFaults } from "./faults/take.ts";
import { createLog } from "./log.ts";
import { addContact, findContact } from "./phone/contacts.ts";
import { personWrites } from "./phone/echo.ts";
import { createPhone } from "./phone/phone.ts";
import { createRandom } from "./random.ts";
import { throughputBucket } from "./rates.ts";
import type { ContactInit, Emulator, EmulatorOptions, EmulatorTemplate, Phone } from "./types.ts";
import { closeQueue, createQueue } from "./webhooks/queue.ts";
import { createSign } from "./webhooks/sign.ts";
import { verifies } from "./webhooks/verify.ts";

function createContext(options: EmulatorOptions): Context {
  const { clock } = options;
  const seed = options.seed ?? String(clock.now());
  return {
    settings: {
      token: options.token,
      phoneNumberId: options.phoneNumberId ?? "106540352242922",
      displayPhoneNumber: options.displayPhoneNumber ?? "15550783881",
      wabaId: options.wabaId ?? "102290129340398",
      ...behaviourOf(options),
      seed,
    },
    clock,
    random: createRandom(seed),
    post: options.fetch ?? ((request) => fetch(request)),
    webhook: options.webhook,
    sign: options.sign ?? createSign(),
    companion: options.companion,
    contacts: [],
    messages: new Map(),
    unplayed: new Map(),
    templates: new Map(),
    faults: [],
    injected: 0,
    profile: options.profile ?? {},
    media: new Map(),
    origin: "https://lookaside.fbsbx.com",
    calls: new Map(),
    orders: new Map(),
    batch: undefined,
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
  for (const template of options.templates ?? []) putTemplate(ctx, template);
  for (const fault of options.faults ?? []) inject(ctx, fault);
  const emulator: Emulator = {
    fetch: async (request) => {
      const { pathname: path, origin } = new URL(request.url);
      ctx.origin = origin;
      const api = apiPath(path);
      if (api !== undefined) return handleApi(ctx, request, api);
      if (path === "/_emulator" || path.startsWith("/_emulator/")) return handleControl(ctx, emulator, request);
      return json(unknownPath(ctx, path));
    },
    phoneNumberId: ctx.settings.phoneNumberId,
    displayPhoneNumber: ctx.settings.displayPhoneNumber,
    clock: ctx.clock,
    phone: (id) => phoneOf(ctx, id),
    writes: (id, text) => personWrites(ctx, stateOf(ctx, id), text),
    behaviour: () => readBehaviour(ctx),
    behave: (change) => behave(ctx, change),
    contacts: () => ctx.contacts.map(publicContact),
    templates: () => [...ctx.templates.values()],
    setTemplate: (template: EmulatorTemplate) => {
      putTemplate(ctx, template);
    },
    judgeTemplate: (name, language, status, reason) => judgeTemplate(ctx, name, language, status, reason) !== undefined,
    inject: (fault) => inject(ctx, fault),
    faults: () => listFaults(ctx),
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
