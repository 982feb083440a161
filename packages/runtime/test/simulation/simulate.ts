/** Days of a bot's life from one number: people write, WhatsApp misbehaves, processes die, versions change, clocks jump. */
import { createHash } from "node:crypto";
import type { Machine } from "@parley/machine";
import type { Store } from "../../src/store.ts";
import { post } from "../support/webhooks.ts";
import { makeDeterministic } from "./determinism.ts";
import { checkEnd, createLedger, type Ledger, violate } from "./ledger.ts";
import { createPeople, type People, type Phone } from "./phones.ts";
import { type Process, startProcess } from "./process.ts";
import { type Random, random } from "./random.ts";
import { type Timeline, timeline } from "./timeline.ts";
import { createWhatsApp, type WhatsApp } from "./whatsapp.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 1, 12);
/** Longer than anything that the bot or WhatsApp plans. */
const DRAIN_MS = 45 * DAY;
/** Turns of the event loop without news that count as quiet. */
const QUIET = 4;

export interface SimulationOptions {
  readonly seed: number;
  readonly store: () => Store;
  readonly machines: readonly Machine[];
  /** Messages that people write; default 150. */
  readonly messages?: number;
}

export interface SimulationReport {
  readonly seed: number;
  readonly violations: readonly string[];
  /** Arrivals that were committed. */
  readonly events: number;
  readonly steps: number;
  readonly crashes: number;
  readonly days: number;
  readonly sends: number;
  readonly duplicates: number;
  readonly filed: number;
  /** Of everything that was committed: equal for equal runs. */
  readonly digest: string;
}

interface World {
  readonly options: SimulationOptions;
  readonly random: Random;
  readonly time: Timeline;
  readonly ledger: Ledger;
  readonly store: Store;
  readonly whatsApp: WhatsApp & { readonly restarted: () => void };
  readonly people: People;
  process: Process | undefined;
  version: number;
  skew: number;
  ticks: number;
  crashes: number;
  calm: boolean;
}

function createWorld(options: SimulationOptions): World {
  const chance = random(options.seed);
  const time = timeline(START);
  const ledger = createLedger();
  const shown: { people?: People } = {};
  const whatsApp = createWhatsApp({
    ledger,
    time,
    random: random(options.seed + 1),
    post: (body) => answerOf(world, body),
    skew: () => world.skew,
    lastWrote: (to) => shown.people?.lastWrote(to) ?? 0,
    show: (to, wamid, request) => shown.people?.show(to, wamid, request),
  });
  const people = createPeople({
    random: random(options.seed + 2),
    time,
    count: chance.whole(1, 8),
    tell: whatsApp.tell,
    calm: () => world.calm,
  });
  shown.people = people;
  const world: World = {
    options,
    random: chance,
    time,
    ledger,
    store: options.store(),
    whatsApp,
    people,
    process: undefined,
    version: 0,
    skew: 0,
    ticks: 0,
    crashes: 0,
    calm: false,
  };
  return world;
}

function answerOf(world: World, body: string): Promise<number> {
  const { process } = world;
  world.ticks += 1;
  if (!process?.alive()) return Promise.reject(new Error("nobody listens"));
  return process.bot.fetch(post(body)).then(({ status }) => {
    world.ticks += 1;
    return process.alive() ? status : Promise.reject(new Error("the connection broke"));
  });
}

/** Host functions: slow, failing or silent at times. */
function act(world: World, action: string, key: string): Promise<string> {
  const { random: chance, time, ledger, calm } = world;
  if (action === "pay") ledger.onceCalls.set(key, (ledger.onceCalls.get(key) ?? 0) + 1);
  return new Promise((resolve, reject) => {
    const wait = chance.chance(0.1) && !calm ? 2 * MINUTE : chance.around(5 * SECOND);
    time.after(wait, () => {
      world.ticks += 1;
      if (!calm && chance.chance(0.1)) reject(new Error("no"));
      else resolve(`${action} ${key.length}`);
    });
  });
}

function boot(world: World): void {
  const { options, random: chance, ledger, time, whatsApp, store } = world;
  const machine = options.machines[world.version];
  if (!machine || world.process?.alive()) return;
  whatsApp.restarted();
  const process = startProcess({
    store,
    machine,
    ledger,
    time,
    random: chance,
    life: world.calm ? Number.POSITIVE_INFINITY : chance.whole(1, floods(options) ? 2_000 : 200),
    skew: () => world.skew,
    fetch: whatsApp.send,
    act: (action, key) => act(world, action, key),
    tick: () => {
      world.ticks += 1;
    },
    died: () => {
      world.crashes += 1;
      const down = chance.chance(0.9) ? chance.around(30 * SECOND) : chance.around(DAY);
      time.after(down, () => boot(world));
    },
  });
  world.process = process;
  process.bot.start().catch((error: unknown) => violate(ledger, "I10", `start failed: ${String(error)}`));
}

/** A new version, or an older one again. */
function deploy(world: World): void {
  world.version = world.random.whole(0, world.options.machines.length - 1);
  const { process } = world;
  if (!process?.alive()) return;
  // Some are stopped in good order first.
  if (world.random.chance(0.5)) void process.bot.stop();
  world.time.after(world.random.around(3 * SECOND), process.kill);
}

function jump(world: World): void {
  world.skew = world.random.whole(-2 * MINUTE, 2 * MINUTE);
}

function schedule(world: World): void {
  const { random: chance, time, people, options } = world;
  let at = START;
  for (let i = 0; i < (options.messages ?? 150); i++) {
    at += chance.chance(0.8) ? chance.around(40 * SECOND) : chance.around(6 * HOUR);
    time.at(at, () => people.act(chance.pick(people.phones)));
    if (chance.chance(0.02)) time.at(at, () => deploy(world));
    if (chance.chance(0.02)) time.at(at, () => jump(world));
    if (chance.chance(0.03)) time.at(at, () => trigger(world));
    if (chance.chance(0.02)) time.at(at, () => release(world));
  }
  if (floods(options)) scheduleFlood(world, at);
  time.at(at + MINUTE, () => {
    world.calm = true;
    world.whatsApp.calm = true;
    world.skew = 0;
    world.process?.kill();
    boot(world);
  });
}

/** In some seeds, so that the others stay the runs that they were. */
function floods({ seed }: SimulationOptions): boolean {
  return seed % 5 === 0;
}

/** The host sends one person more than may go out at once. */
function scheduleFlood(world: World, until: number): void {
  const { time, people, options, whatsApp } = world;
  const chance = random(options.seed + 4);
  const phone = chance.pick(people.phones);
  let at = START + chance.next() * (until - START);
  // Faults would slow it down by themselves, and the window is to be open.
  time.at(at, () => {
    whatsApp.steady = true;
    people.act(phone);
  });
  time.at(at + 5 * MINUTE, () => {
    whatsApp.steady = false;
  });
  at += 2 * SECOND;
  for (let i = 0; i < 70; i++) {
    at += chance.around(300);
    time.at(at, () => {
      if (world.process?.alive())
        world.process.bot.send(addressOf(phone), { type: "text", text: { body: `${i}` } }).catch(() => {});
    });
  }
}

/** Known to the bot by what its webhooks show. */
function addressOf({ shows, waId, userId }: Phone): string {
  return shows === "id" ? userId : waId;
}

function nameOf(world: World): string {
  return addressOf(world.random.pick(world.people.phones));
}

function trigger(world: World): void {
  if (world.process?.alive()) world.process.bot.trigger(nameOf(world), "notify", { number: "17" }).catch(() => {});
}

function release(world: World): void {
  if (world.process?.alive()) world.process.bot.release(nameOf(world)).catch(() => {});
}

/** Until nothing happens any more without time going on. */
async function quiet(world: World): Promise<void> {
  for (let still = 0, ticks = world.ticks; still < QUIET; still += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (ticks !== world.ticks) still = 0;
    ticks = world.ticks;
  }
}

/** When the living process next wants to do something, in the world's time. */
async function dueOf(world: World): Promise<number | undefined> {
  if (!world.process?.alive()) return undefined;
  const due = await Promise.race([
    world.process.bot.nextDue(),
    new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 1_000).unref()),
  ]);
  return due === undefined ? undefined : due - world.skew;
}

async function run(world: World): Promise<void> {
  const { time } = world;
  let end = Number.POSITIVE_INFINITY;
  while (time.now() < end) {
    await quiet(world);
    if (world.calm && end === Number.POSITIVE_INFINITY) end = time.now() + DRAIN_MS;
    const planned = time.next() ?? Number.POSITIVE_INFINITY;
    if (planned <= time.now() + MINUTE) {
      time.go(planned);
      continue;
    }
    const due = (await dueOf(world)) ?? Number.POSITIVE_INFINITY;
    // What is due already is seen at the end of a sleep that began before the clock jumped.
    const next = Math.min(planned, due > time.now() ? due : time.now() + MINUTE);
    if (next === Number.POSITIVE_INFINITY) return;
    time.go(next);
  }
  violate(world.ledger, "I10", "something is still planned long after the last message");
}

/** The store at the end is what the ledger says. */
async function compareStore(world: World): Promise<void> {
  const { ledger, store } = world;
  const stats = await store.stats();
  const open = (stats.sends.ready ?? 0) + (stats.sends.inflight ?? 0) + (stats.sends.doubt ?? 0);
  if (open > 0) violate(ledger, "I10", `${open} sends are still open`);
  if (stats.held > 0) violate(ledger, "I10", `${stats.held} messages are still held`);
  if (stats.actions > 0) violate(ledger, "I10", `${stats.actions} actions are still to run`);
  if (stats.timers > 0) violate(ledger, "I10", `${stats.timers} timers are still set`);
  const saved = new Set([...ledger.contacts.values()].map(({ snapshot }) => snapshot));
  for (const phone of world.people.phones) {
    const { shows, waId, userId } = phone;
    const address = { phoneNumberId: "106540352242922", ...(shows === "id" ? { userId } : { waId }) };
    const found = await store.find(address);
    if (found?.snapshot && !saved.has(JSON.stringify(found.snapshot)))
      violate(ledger, "I4", `the snapshot of ${phone.name} at the end is not the one that was saved`);
  }
}

/** I1: the messages of one webhook are taken in its order; kept for the whole run as the order in which they were stepped. */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const restore = makeDeterministic(random(options.seed + 3));
  const world = createWorld(options);
  const { ledger } = world;
  try {
    schedule(world);
    boot(world);
    await run(world);
    const { acked, expired, webhooks } = world.whatsApp;
    checkEnd(ledger, { acked: acked.keys(), expired, webhooks, poison: world.people.poison });
    await compareStore(world);
    if (world.whatsApp.pending() > 0) violate(ledger, "I10", `${world.whatsApp.pending()} webhooks were never taken`);
  } finally {
    restore();
    await world.store.close();
  }
  const snapshots = [...ledger.contacts.values()].map(({ snapshot }) => snapshot);
  const all = JSON.stringify([snapshots, [...ledger.stepped], [...ledger.sends.values()]]);
  return {
    seed: options.seed,
    violations: ledger.violations,
    events: ledger.events,
    steps: ledger.steps,
    crashes: world.crashes,
    days: (world.time.now() - START) / DAY,
    sends: ledger.sends.size,
    duplicates: [...ledger.sends.values()].filter(({ accepted }) => accepted > 1).length,
    filed: ledger.filed.size,
    digest: createHash("sha256").update(all).digest("hex").slice(0, 16),
  };
}
