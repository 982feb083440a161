/**
 * The process dies at every boundary: before and after each transaction, which includes after the commit and before the
 * answer, after the claim and before the request, after the request and before its settlement. Another one goes on with
 * the same file, WhatsApp delivers again what it was not answered, and nothing is lost or done twice.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sqliteStore } from "../src/sqlite.ts";
import type { Store } from "../src/store.ts";
import { type VirtualClock, virtualClock } from "./support/clock.ts";
import { type FakeApi, fakeApi, textOf } from "./support/fake-api.ts";
import { logOf } from "./support/fake-step.ts";
import { type Rig, rig } from "./support/rig.ts";
import { ANA, sender, status, text } from "./support/webhooks.ts";

let folder: string;
beforeAll(async () => {
  // A process that dies loses nothing that it gave to the operating system: a disk in memory shows the same, faster.
  folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "parley-crash-"));
  await sqliteStore(join(folder, "empty.db")).close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NEVER = new Promise<never>(() => {});

interface Mortal {
  readonly store: Store;
  readonly dead: Promise<"dead">;
  readonly operations: () => number;
}

/** Dies at the `at`-th transaction, before it or after its commit: from then on nothing answers any more. */
function mortal(inner: Store, at: number, when: "before" | "after"): Mortal {
  let count = 0;
  let die: (_dead: "dead") => void = () => {};
  const dead = new Promise<"dead">((resolve) => {
    die = resolve;
  });
  const once =
    <A extends readonly unknown[], R>(operation: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      count += 1;
      if (count < at) return operation(...args);
      if (count === at && when === "after") await operation(...args);
      die("dead");
      return NEVER;
    };
  const store: Store = { ...inner, ingest: once(inner.ingest), claim: once(inner.claim) };
  return { store, dead, operations: () => count };
}

const WORDS = ["hi", "two", "act", "charge", "promo", "remind"];

interface Outside {
  readonly clock: VirtualClock;
  readonly api: FakeApi;
  readonly charges: string[];
  readonly answered: Set<string>;
}

function boot(store: Store, outside: Outside): Rig {
  const { clock, api, charges } = outside;
  const charge = (): string => {
    charges.push("charge");
    return "charged";
  };
  return rig({ store, clock, api, charge });
}

async function converse(bot: Rig, outside: Outside): Promise<void> {
  for (const [index, body] of WORDS.entries()) {
    const id = `m${index}`;
    if (outside.answered.has(id)) continue;
    const messages = [text(id, outside.clock.now(), body)];
    if ((await bot.receive({ contacts: [sender({ waId: ANA })], messages })) === 200) outside.answered.add(id);
    await bot.settle();
  }
}

/** WhatsApp tells of everything that it took. */
async function tellStatuses(bot: Rig, { api, clock }: Outside): Promise<void> {
  for (const { wamid, request } of api.accepted) {
    const echo = { biz_opaque_callback_data: request.biz_opaque_callback_data };
    await bot.receive({ statuses: [status(wamid, clock.now(), "sent", echo)] });
  }
}

async function drain(bot: Rig): Promise<void> {
  await bot.settle();
  for (let due = await bot.bot.nextDue(); due !== undefined; due = await bot.bot.nextDue())
    await bot.advance(Math.max(0, due - bot.clock.now()));
}

interface End {
  readonly log: readonly string[];
  readonly texts: readonly string[];
  readonly charges: number;
  readonly operations: number;
  readonly states: readonly string[];
}

async function run(name: string, at: number, when: "before" | "after", statuses: boolean): Promise<End> {
  const path = join(folder, `${name}.db`);
  copyFileSync(join(folder, "empty.db"), path);
  const outside: Outside = { clock: virtualClock(), api: fakeApi(), charges: [], answered: new Set() };
  const first = sqliteStore(path);
  const { store, dead, operations } = mortal(first, at, when);
  const before = boot(store, outside);
  await Promise.race([converse(before, outside).then(() => drain(before)), dead]);
  await first.close();
  const second = sqliteStore(path);
  const after = boot(second, outside);
  if (statuses) await tellStatuses(after, outside);
  await converse(after, outside);
  await drain(after);
  const end: End = {
    log: logOf(await after.inspect()),
    texts: outside.api.accepted.map(({ request }) => textOf(request)),
    charges: outside.charges.length,
    operations: operations(),
    states: Object.keys((await second.stats()).sends).toSorted(),
  };
  await second.close();
  return end;
}

const CHARGED = 'result "charged"';
/** Some fifty runs each; what they need depends on who else uses the machine. */
const LONG = { timeout: 60_000 };

const NO_CRASH = Number.POSITIVE_INFINITY;

function messagesOf(log: readonly string[]): readonly string[] {
  return log.filter((id) => /^m\d$/.test(id));
}

/** Without its second copies. */
function distinct(texts: readonly string[]): readonly string[] {
  return texts.filter((body, index) => texts.indexOf(body) === index);
}

test("without a crash everything happens once, in order", async () => {
  const end = await run("plain", NO_CRASH, "before", true);
  expect(messagesOf(end.log)).toEqual(["m0", "m1", "m2", "m3", "m4", "m5"]);
  expect(end.texts).toEqual([
    "echo hi",
    "one",
    "two",
    'result "paid"',
    'result "charged"',
    "template",
    "which?",
    "timer after",
  ]);
  expect(end.charges).toBe(1);
});

/** What must be sent where the end is as it is: a `once` action may have happened, marketing in doubt is given up. */
function expected(plain: End, end: End): readonly string[] {
  return plain.texts
    .map((body) => (body === CHARGED && end.texts.includes("result unknown") ? "result unknown" : body))
    .filter((body) => body !== "template" || !end.states.includes("unknown"));
}

test.each(["before", "after"] as const)("a crash %s any transaction loses and doubles nothing", LONG, async (when) => {
  const plain = await run(`count-${when}`, NO_CRASH, when, true);
  expect(plain.operations).toBeGreaterThan(30);
  for (let at = 1; at <= plain.operations; at++) {
    const end = await run(`${when}-${at}`, at, when, true);
    // Every message that WhatsApp took was settled by its status; what it never took is sent after the doubt.
    expect({ at, messages: messagesOf(end.log), steps: end.log.length, texts: end.texts }).toEqual({
      at,
      messages: messagesOf(plain.log),
      steps: plain.log.length,
      texts: expected(plain, end),
    });
    expect(end.charges).toBeLessThanOrEqual(1);
  }
});

test("without statuses at most the one message in doubt is doubled, and marketing never", LONG, async () => {
  const plain = await run("count-silent", NO_CRASH, "after", false);
  let doubled = 0;
  for (let at = 1; at <= plain.operations; at++) {
    const end = await run(`silent-${at}`, at, "after", false);
    expect({ at, messages: messagesOf(end.log) }).toEqual({ at, messages: messagesOf(plain.log) });
    const copies = end.texts.length - distinct(end.texts).length;
    expect(copies).toBeLessThanOrEqual(1);
    expect(end.texts.filter((body) => body === "template").length).toBeLessThanOrEqual(1);
    doubled += copies;
  }
  // The doubt is real: where it is not settled, some copies do go out.
  expect(doubled).toBeGreaterThan(0);
});
