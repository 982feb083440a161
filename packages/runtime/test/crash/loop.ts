/** Contacts that write through a bot that is killed again and again, with or without its disk's unsynced bytes. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { random } from "../simulation/random.ts";
import { change, sender, text, webhook } from "../support/webhooks.ts";
import { checkHistory, messageId, phoneOf, settledSends, startsAction } from "./history.ts";
import { type Api, cutPower, type Disk, deliver, kill, startApi, startVictim, syncAll, type Victim } from "./rig.ts";

const CONTACTS = 20;
/** Ids repeat after so many: the interpreter of these tests keeps all of them in its snapshot. */
const MOST_MESSAGES = 400;

export interface LoopOptions {
  readonly victim: string;
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  /** With one, each kill is a power cut. */
  readonly disk?: Disk;
  /** The crash point of each life, in place of a kill at a random time. */
  readonly crashAt?: (life: number) => string;
  /** What the disk kills at, in each life. */
  readonly dieAt?: (life: number) => string;
  /** Sends SIGTERM where no crash point is reached by itself. */
  readonly terminate?: boolean;
}

export interface LoopReport {
  readonly acked: number;
  readonly lost: number;
  readonly broken: readonly string[];
  /** Messages that WhatsApp took more than once. */
  readonly doubled: number;
  readonly sent: number;
  /** Of those, the ones that the store knows of at the end, after a life in which WhatsApp could tell of all. */
  readonly settled: number;
  /** Lives that ended by themselves. */
  readonly selfEnded: number;
}

interface State {
  readonly options: LoopOptions;
  readonly api: Api;
  readonly acked: Map<number, number>;
  readonly data: string;
  running: boolean;
}

export function bodyOf(contact: number, index: number): string {
  const from = { waId: phoneOf(contact) };
  const word = startsAction(index) ? "act" : `${index}`;
  const sent = text(messageId(contact, index), Date.now(), word, from);
  return webhook(change({ contacts: [sender(from)], messages: [sent] }));
}

/** One contact's messages, each until it is answered; a fifth of them once more. */
async function talk(state: State, contact: number, chance: () => number): Promise<void> {
  while (state.running) {
    const index = state.acked.get(contact) ?? 0;
    if (index >= MOST_MESSAGES) return;
    const { bot } = state.api;
    const status = bot ? await deliver(bot, bodyOf(contact, index)) : 0;
    if (status !== 200) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      continue;
    }
    state.acked.set(contact, index + 1);
    if (bot && index > 1 && chance() < 0.2) await deliver(bot, bodyOf(contact, Math.floor(chance() * index)));
  }
}

async function live(state: State, life: number, chance: () => number): Promise<boolean> {
  const { options, api, data } = state;
  const args = [join(data, "bot.db"), api.url, ...(options.crashAt ? [options.crashAt(life)] : [])];
  const disk = options.disk && options.dieAt ? { ...options.disk, die: options.dieAt(life) } : options.disk;
  const victim: Victim | undefined = await startVictim(options.victim, args, disk);
  api.bot = victim?.url;
  if (!victim) return true;
  const patience = options.terminate ? 20_000 : 4_000;
  const waits = options.crashAt || options.dieAt ? patience : 60 + chance() * 240;
  if (options.terminate) setTimeout(() => victim.child.kill("SIGTERM"), 100 + chance() * 100).unref();
  const byItself = await Promise.race([
    victim.ended.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), waits)),
  ]);
  api.bot = undefined;
  await kill(victim);
  return byItself;
}

/** A last life that nobody ends before WhatsApp has told of everything. */
async function settle({ options, api, data }: State): Promise<number> {
  const path = join(data, "bot.db");
  const victim = await startVictim(options.victim, [path, api.url]);
  if (!victim) throw new Error("the bot does not start any more");
  api.bot = victim.url;
  // What is sent meanwhile is told of as well.
  for (let quiet = 0; quiet < 10; quiet = api.untold() === 0 ? quiet + 1 : 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
  api.bot = undefined;
  await kill(victim);
  return settledSends(path);
}

function distinctSends(taken: readonly string[]): number {
  return new Set(taken.map((callback) => callback.replace(/\.\d+$/, ""))).size;
}

export async function crashLoop(options: LoopOptions): Promise<LoopReport> {
  const chance = random(options.seed).next;
  const data = join(options.folder, "data");
  mkdirSync(data, { recursive: true });
  const api = await startApi();
  const state: State = { options, api, acked: new Map(), data, running: true };
  const contacts = Array.from({ length: CONTACTS }, (_, contact) => talk(state, contact, chance));
  const broken: string[] = [];
  let lost = 0;
  let selfEnded = 0;
  let settled = 0;
  try {
    for (let life = 0; life < options.kills; life++) {
      if (await live(state, life, chance)) selfEnded += 1;
      if (options.disk) cutPower(options.disk, data);
      const found = checkHistory(join(data, "bot.db"), state.acked);
      if (options.disk) syncAll(options.disk, data);
      lost += found.lost;
      broken.push(...found.broken);
      // What is lost is lost: the contact goes on from there.
      if (found.lost > 0)
        for (const [contact, count] of state.acked)
          state.acked.set(contact, Math.min(count, found.kept.get(contact) ?? 0));
    }
    state.running = false;
    await Promise.all(contacts);
    settled = await settle(state);
  } finally {
    state.running = false;
    api.close();
  }
  const acked = [...state.acked.values()].reduce((sum, count) => sum + count, 0);
  const sent = distinctSends(api.taken);
  return { acked, lost, broken, doubled: api.taken.length - sent, sent, settled, selfEnded };
}
