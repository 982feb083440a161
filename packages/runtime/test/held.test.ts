/**
 * One conversation over thirty days: reminders, a wait, closed windows, a template, a schedule, an upgrade in the middle.
 * Once undisturbed, and once with a process that dies after every turn: what the user saw and what is kept are the same
 * bytes.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, DEFAULT_SETTINGS, describe as inWords } from "@parley/compiler";
import type { Machine, Snapshot } from "@parley/machine";
import { expect, test } from "vitest";
import { createBot } from "../src/index.ts";
import { sqliteStore } from "../src/sqlite.ts";
import type { Store } from "../src/store.ts";
import type { Bot } from "../src/types.ts";
import { makeDeterministic } from "./simulation/determinism.ts";
import { random } from "./simulation/random.ts";
import { type VirtualClock, virtualClock } from "./support/clock.ts";
import { type FakeApi, fakeApi } from "./support/fake-api.ts";
import { ANA, change, NUMBER, post, SECRET, sender, status, tap, text, webhook } from "./support/webhooks.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function version(begin: string, words: string): Machine {
  const [first = ""] = begin.split(" ");
  const source = `
profile { visits: 0..1000 = 0, closings: 0..1000 = 0 }
action price(count: 1..20) -> number
template later(visits: text(10) = "1") {
  category utility
  locales en
  body "You were here {visits} times."
  option again "Once more"
  option stop "Stop"
}
flow order {
  on message -> ${first}
  on window_closed -> closed
  var count: 1..20 = 1

  state ${begin} {
    set profile.visits = min(profile.visits + 1, 1000)
    ask number many: "${words}" as count {
      after 1h { say "Still there?" }
      after 3h { say "We wait until tomorrow." }
      after 20h -> long
    }
    let cost = price(count) else -> long
    ask "That is {cost}. Shall we?" {
      option yes "Yes" -> long
      option no "No" -> tomorrow
      after 2h -> long
    }
  }
  state tomorrow {
    wait 20h
    -> ${first}
  }
  state long {
    schedule hello(text(profile.visits)) in 2d
    wait 3d
    ask template later(text(profile.visits)) {
      option again -> ${first}
      option stop -> end
      after 1d -> long
    }
  }
  state closed {
    set profile.closings = min(profile.closings + 1, 1000)
    -> long
  }
}
flow hello {
  on scheduled hello(visits: text(10)) -> say_it
  state say_it {
    if window.open { say "Hello again, {visits}." }
    -> resume
  }
}`;
  const files = [{ path: "bot.flow", text: source.replaceAll("text(profile.visits)", '"{profile.visits}"') }];
  const { output, diagnostics } = compile({ settings: DEFAULT_SETTINGS, files });
  if (!output) throw new Error(diagnostics.map(inWords).join("\n"));
  return output.machine;
}

const OLD = version("start", "How many?");
const NEW = version("begin was start", "How many shall it be?");

interface World {
  readonly path: string;
  readonly clock: VirtualClock;
  readonly api: FakeApi;
  readonly crashes: boolean;
  machine: Machine;
  store: Store;
  bot: Bot;
  deaths: number;
  told: number;
}

function boot({ clock, api, machine, store }: Pick<World, "clock" | "api" | "machine" | "store">): Bot {
  return createBot({
    machine,
    actions: { price: ({ count }: { readonly count: number }) => count * 7 },
    store,
    clock,
    fetch: api.fetch,
    phoneNumberId: NUMBER,
    token: "token",
    appSecrets: [SECRET],
    verifyToken: "verify",
  });
}

async function die(world: World): Promise<void> {
  await world.store.close();
  world.store = sqliteStore(world.path);
  world.bot = boot(world);
  world.deaths += 1;
}

/** WhatsApp tells of what it took; then all that is due is done, and the process may die. */
async function settle(world: World): Promise<void> {
  for (let before = -1; before !== world.api.accepted.length; ) {
    before = world.api.accepted.length;
    await world.bot.settle();
    while (world.told < world.api.accepted.length) {
      const taken = world.api.accepted[world.told];
      world.told += 1;
      if (!taken) continue;
      const echo = { biz_opaque_callback_data: taken.request.biz_opaque_callback_data };
      await receive(world, { statuses: [status(taken.wamid, world.clock.now(), "delivered", echo)] });
    }
  }
  if (world.crashes) await die(world);
}

async function receive({ bot }: World, value: object): Promise<void> {
  expect((await bot.fetch(post(webhook(change(value))))).status).toBe(200);
}

/** To this time, stopping at all that falls due on the way. */
async function until(world: World, at: number): Promise<void> {
  for (;;) {
    const due = (await world.bot.nextDue()) ?? Number.POSITIVE_INFINITY;
    const next = Math.min(at, Math.max(due, world.clock.now()));
    // After a start what is overdue waits a minute for messages: dying must not make a difference, so both wait.
    world.clock.advance(next - world.clock.now());
    await settle(world);
    if (world.clock.now() >= at) return;
  }
}

function buttons(api: FakeApi): readonly string[] {
  const found = (value: unknown): readonly string[] =>
    typeof value !== "object" || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]) =>
          (key === "id" || key === "payload") && typeof inner === "string" && inner.includes("#")
            ? [inner]
            : found(inner),
        );
  for (let i = api.accepted.length - 1; i >= 0; i--) {
    const ids = found(api.accepted[i]?.request);
    if (ids.length > 0) return ids;
  }
  return [];
}

interface End {
  readonly seen: readonly string[];
  readonly snapshot: Snapshot | null;
  readonly deaths: number;
  readonly turns: number;
}

async function live(path: string, crashes: boolean): Promise<End> {
  // Ids of stores are random, and the pauses between attempts follow from them.
  const restore = makeDeterministic(random(1));
  try {
    return await thirtyDays(path, crashes);
  } finally {
    restore();
  }
}

async function thirtyDays(path: string, crashes: boolean): Promise<End> {
  const clock = virtualClock();
  const api = fakeApi();
  const store = sqliteStore(path);
  const begun = { path, clock, api, crashes, machine: OLD, store, deaths: 0, told: 0 };
  const world: World = { ...begun, bot: boot({ clock, api, machine: OLD, store }) };
  const start = clock.now();
  let messages = 0;
  const says = async (day: number, content: (id: string) => object): Promise<void> => {
    await until(world, start + day * DAY);
    messages += 1;
    await receive(world, { contacts: [sender({ waId: ANA })], messages: [content(`m${messages}`)] });
    await settle(world);
  };
  const types = (day: number, body: string) => says(day, (id) => text(id, clock.now(), body));
  const taps = (day: number, index: number) => says(day, (id) => tap(id, clock.now(), buttons(api)[index] ?? "none"));
  await types(0.01, "hi");
  await types(0.2, "3");
  // The wait and the template behind it.
  await taps(0.21, 0);
  await taps(3.6, 0);
  await types(3.7, "none of your business");
  await until(world, start + 9 * DAY);
  world.machine = NEW;
  await die(world);
  await taps(9.5, 0);
  await types(9.6, "9");
  await taps(9.65, 1);
  // WhatsApp is not to be reached when the bot asks again, until the window has closed.
  await until(world, start + 10 * DAY);
  api.script.push(...Array.from({ length: 1_000 }, () => ({ do: "refuse-connection" }) as const));
  await until(world, start + 11 * DAY);
  api.script.length = 0;
  await taps(14.5, 0);
  await types(15.1, "5");
  await taps(15.15, 1);
  await types(16.5, "2");
  await until(world, start + 30 * DAY);
  const snapshot = await world.bot.inspect(ANA);
  await world.store.close();
  const seen = api.accepted.map(({ request }) => {
    const { biz_opaque_callback_data: _, ...rest } = request;
    return JSON.stringify(rest);
  });
  return { seen, snapshot, deaths: world.deaths, turns: snapshot?.turn ?? 0 };
}

test("a conversation of thirty days is the same bytes with a crash after every turn", async () => {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "parley-held-"));
  try {
    const calm = await live(join(folder, "calm.db"), false);
    const stormy = await live(join(folder, "stormy.db"), true);
    expect(stormy.deaths).toBeGreaterThan(calm.turns);
    expect(calm.turns).toBeGreaterThan(20);
    expect(calm.snapshot?.machine).toBe(NEW.hash);
    expect(calm.snapshot?.profile).toMatchObject({ closings: 1 });
    expect(calm.seen.filter((request) => request.includes('"template"')).length).toBeGreaterThan(2);
    expect(JSON.stringify(stormy.snapshot)).toBe(JSON.stringify(calm.snapshot));
    expect(stormy.seen).toEqual(calm.seen);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
