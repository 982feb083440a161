/**
 * Many conversations with one bot, at once and over days, while WhatsApp does everything wrong that it can. The real runtime
 * with the memory store, on a clock that moves when told; all from one seed.
 */
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { compile, DEFAULT_SETTINGS } from "@parley/compiler";
import { createEmulator, createVirtualClock, type Emulator, type Fault, type Phone } from "@parley/emulator";
import type { Machine } from "@parley/machine";
import { type Bot, type BotEvent, createBot, memoryStore, type Store } from "@parley/runtime";
import { templatesOf } from "../../src/templates.ts";
import { act, type Dice, dice } from "./people.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 5, 9);
const API = "https://graph.soak.invalid";
const HOOK = { url: "https://bot.invalid/webhook", appSecret: "secret", verifyToken: "verify" };

export interface SoakReport {
  readonly conversations: number;
  /** Messages of people, and how many of them the bot stepped. */
  readonly written: number;
  readonly stepped: number;
  readonly sent: number;
  readonly failed: number;
  /** Not sent, as the window had closed. */
  readonly closed: number;
  readonly orders: number;
  readonly apiCalls: number;
  readonly webhooks: number;
  readonly virtualDays: number;
  /** What must not be; empty. */
  readonly violations: readonly string[];
}

export interface SoakOptions {
  readonly conversations: number;
  readonly seed: number;
  /** Of each fault. */
  readonly rate: number;
  /** What each person does, about; default 16. */
  readonly acts?: number;
  /** false: no webhook of a message is late. */
  readonly late?: boolean;
  /** Makes another webhook of one, or null to lose it: shows that what must not be is seen. */
  readonly sabotage?: (body: string, n: number) => string | null;
}

function pizzeria(): Machine {
  const folder = new URL("../../../../examples/02-pizzeria/", import.meta.url);
  const files = ["order.flow", "types.flow"].map((path) => ({
    path,
    text: readFileSync(new URL(path, folder), "utf8"),
  }));
  const { output } = compile({ settings: { ...DEFAULT_SETTINGS, timezone: "Europe/Rome" }, files });
  if (!output) throw new Error("the pizzeria does not compile");
  return output.machine;
}

function faultsAt(rate: number): readonly Fault[] {
  return [
    { kind: "duplicate", rate },
    { kind: "duplicate", of: "statuses", rate },
    { kind: "late", ms: MINUTE, upToMs: 5 * HOUR, rate: rate / 2 },
    { kind: "late", ms: DAY, upToMs: 2 * DAY, rate: rate / 2 },
    { kind: "late", ms: MINUTE, upToMs: DAY, of: "statuses", rate },
    { kind: "reorder", ms: 2 * MINUTE, rate },
    { kind: "lostStatus", rate },
    { kind: "failDelivery", rate },
    { kind: "apiError", code: 131_016, rate },
    { kind: "apiStatus", status: 503, rate },
    { kind: "apiStatus", status: 429, retryAfterS: 5, rate },
    { kind: "drop", accepted: false, rate },
    { kind: "drop", accepted: true, rate },
    { kind: "slow", ms: 45_000, rate },
    { kind: "clockJump", ms: 90_000, rate },
  ];
}

interface World {
  readonly options: SoakOptions;
  readonly emulator: Emulator;
  readonly bot: Bot;
  readonly store: Store;
  readonly phones: readonly Phone[];
  readonly chance: Dice;
  readonly events: Map<string, number>;
  /** Calls of the action that must not be repeated, by its key. */
  readonly orders: Map<string, number>;
  /** Ids of the bot's messages that WhatsApp took. */
  readonly sent: Set<string>;
  readonly wire: { api: number; hooks: number };
  readonly failures: Map<number, number>;
  readonly written: Map<string, number>;
  readonly violations: string[];
}

function count<K>(map: Map<K, number>, key: K): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

const PIZZAS = ["Margherita", "Diavola", "Marinara"].map((name) => ({ id: name, name, note: "Tomato", price: 7.5 }));

function signed(body: string): Request {
  const signature = createHmac("sha256", HOOK.appSecret).update(body).digest("hex");
  return new Request(HOOK.url, { method: "POST", body, headers: { "x-hub-signature-256": `sha256=${signature}` } });
}

function createWorld(options: SoakOptions): World {
  const clock = createVirtualClock(START);
  const machine = pizzeria();
  const store = memoryStore();
  const orders = new Map<string, number>();
  let hooks = 0;
  const emulator = createEmulator({
    clock,
    seed: `soak ${options.seed}`,
    token: "token",
    webhook: HOOK,
    delivery: "manual",
    delays: { read: null },
    templates: templatesOf(machine),
    contacts: Array.from({ length: options.conversations }, (_, i) => ({
      phone: `39333${1_000_000 + i}`,
      name: `P${i}`,
    })),
    faults: faultsAt(options.rate).filter(({ kind }) => options.late !== false || kind !== "late"),
    fetch: async (request) => {
      const body = options.sabotage ? options.sabotage(await request.text(), ++hooks) : undefined;
      if (body === undefined) return bot.fetch(request);
      return body === null ? new Response() : bot.fetch(signed(body));
    },
    companion: { settle: () => bot.settle(), nextDue: () => bot.nextDue() },
  });
  const bot = createBot({
    machine,
    actions: {
      menu: () => PIZZAS,
      place_order: (_: unknown, context: { readonly idempotencyKey: string }) => {
        count(orders, context.idempotencyKey);
        return { number: String(orders.size), minutes: 30 };
      },
    },
    store,
    phoneNumberId: emulator.phoneNumberId,
    token: "token",
    appSecrets: [HOOK.appSecret],
    verifyToken: HOOK.verifyToken,
    apiUrl: API,
    fetch: (input, init) => emulator.fetch(new Request(input, init)),
    clock,
  });
  const phones = emulator.contacts().map(({ id }) => emulator.phone(id));
  return {
    options,
    emulator,
    bot,
    store,
    phones,
    chance: dice(options.seed),
    events: new Map(),
    orders,
    sent: new Set(),
    wire: { api: 0, hooks: 0 },
    failures: new Map(),
    written: new Map(),
    violations: [],
  };
}

function observe({ bot, emulator, events, failures, sent, wire, violations }: World): void {
  bot.on((event: BotEvent) => {
    count(events, event.kind === "turn" ? `turn ${event.event}` : event.kind);
    if (event.kind === "turn") count(events, `turn ${event.event} of ${event.contact}`);
    if (event.kind === "sent") sent.add(event.wamid);
    if (event.kind === "dead-letter") violations.push(`lost: ${event.reason}`);
    if (event.kind === "send-failed" && event.final) count(failures, event.code ?? 0);
    if (event.kind === "status" && event.error !== undefined) count(failures, event.error);
  });
  emulator.on((event) => {
    if (event.kind !== "wire") return;
    if (event.entry.kind === "api") wire.api += 1;
    else {
      wire.hooks += 1;
      if (event.entry.status !== 200) violations.push(`a webhook was answered ${event.entry.status}`);
    }
  });
}

interface Planned {
  readonly at: number;
  readonly phone: Phone;
}

/** Seconds or minutes between two acts, at times hours. */
function schedule({ phones, chance, options: { acts = 16 } }: World): readonly Planned[] {
  const planned = phones.flatMap((phone) => {
    let at = chance.next() * 6 * HOUR;
    return Array.from({ length: 1 + chance.below(2 * acts) }, () => {
      at += chance.next() < 0.9 ? 5_000 + chance.next() * 3 * MINUTE : chance.next() * 30 * HOUR;
      // Many at one moment, as it is with many people.
      return { at: START + Math.ceil(at / 20_000) * 20_000, phone };
    });
  });
  return planned.sort((a, b) => a.at - b.at);
}

async function live(world: World): Promise<void> {
  const { emulator, bot, chance, written } = world;
  let before = START;
  for (const { at, phone } of schedule(world)) {
    // From one to the next: where the clock leapt, people go on from there.
    if (at > before) await emulator.advance(at - before);
    before = at;
    if (act(phone, chance) > 0) count(written, phone.contact.id);
    // Chats that a colleague took over are given back now and then.
    if (chance.next() < 0.05) await bot.release(phone.contact.id).catch(() => undefined);
  }
  await emulator.settle();
  emulator.clearFaults();
  await emulator.advance(6 * DAY);
}

async function check(world: World): Promise<void> {
  const { store, events, written, orders, failures, violations, phones, options } = world;
  const people = [...written.values()].reduce((a, b) => a + b, 0);
  const stepped = events.get("turn message") ?? 0;
  if (people !== stepped) violations.push(`${people} messages were written, ${stepped} stepped`);
  const perContact = [...events].filter(([key]) => key.startsWith("turn message of ")).map(([, times]) => times);
  const sorted = (numbers: Iterable<number>): string => JSON.stringify([...numbers].sort((a, b) => a - b));
  if (sorted(perContact) !== sorted(written.values())) violations.push("some were stepped twice, others not at all");
  for (const [key, times] of orders) if (times > 1) violations.push(`the order ${key} was placed ${times} times`);
  const outside = phones.flatMap(({ failed }) => failed).filter(({ error }) => error?.code === 131_047).length;
  if (outside > 0) violations.push(`${outside} messages went out after the window`);
  const there = new Set(phones.flatMap(({ history, failed }) => [...history, ...failed]).map(({ id }) => id));
  const gone = [...world.sent].filter((id) => !there.has(id)).length;
  if (gone > 0) violations.push(`${gone} messages that were taken are on no phone`);
  const stats = await store.stats();
  const open = (stats.sends.ready ?? 0) + (stats.sends.inflight ?? 0) + (stats.sends.doubt ?? 0);
  if (open > 0) violations.push(`${open} messages were never sent`);
  // Without a code: the window had closed before it could be sent, because the message that it answers came a day late.
  const told = options.late === false ? [131_026] : [131_026, 0];
  for (const [code, times] of failures) if (!told.includes(code)) violations.push(`${times} failed with ${code}`);
}

export async function soak(options: SoakOptions): Promise<SoakReport> {
  const world = createWorld(options);
  const { emulator, events, written, orders, failures, wire, violations } = world;
  observe(world);
  await live(world);
  await check(world);
  emulator.close();
  return {
    conversations: options.conversations,
    written: [...written.values()].reduce((a, b) => a + b, 0),
    stepped: events.get("turn message") ?? 0,
    sent: events.get("sent") ?? 0,
    failed: failures.get(131_026) ?? 0,
    closed: failures.get(0) ?? 0,
    orders: orders.size,
    apiCalls: wire.api,
    webhooks: wire.hooks,
    virtualDays: Math.round((emulator.clock.now() - START) / DAY),
    violations,
  };
}
