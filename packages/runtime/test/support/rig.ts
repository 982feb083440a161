/** A bot on a store, a fake Cloud API and a virtual clock. */
import type { Machine, Snapshot } from "@parley/machine";
import { createBotWith } from "../../src/bot.ts";
import type { Store } from "../../src/store.ts";
import { memoryStore } from "../../src/stores/memory.ts";
import type { ActionContext, Bot, BotEvent, BotOptions, Logger } from "../../src/types.ts";
import { type VirtualClock, virtualClock } from "./clock.ts";
import { type FakeApi, fakeApi } from "./fake-api.ts";
import { fake, machine } from "./fake-step.ts";
import { ANA, change, NUMBER, post, SECRET, sender, text, type Value, webhook } from "./webhooks.ts";

export type Action = (args: object, context: ActionContext) => unknown;

export interface RigOptions {
  readonly store?: Store;
  readonly clock?: VirtualClock;
  readonly api?: FakeApi;
  readonly machine?: Machine;
  readonly pay?: Action;
  readonly charge?: Action;
  /** Stands in for the interpreter of these tests. */
  readonly step?: typeof fake.step;
  readonly more?: Partial<BotOptions>;
}

export interface Rig {
  readonly bot: Bot;
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly api: FakeApi;
  readonly events: BotEvent[];
  readonly lines: string[];
  /** Posts a webhook with these values and gives the status of the answer. */
  readonly receive: (...values: readonly Value[]) => Promise<number>;
  /** One text of Ana, committed and worked off. */
  readonly says: (body: string, id?: string) => Promise<void>;
  readonly settle: () => Promise<void>;
  readonly advance: (ms: number) => Promise<void>;
  readonly inspect: () => Promise<Snapshot | null>;
}

function lineLogger(lines: string[]): Logger {
  const at = (level: string) => (facts: object, message: string) => {
    lines.push(`${level} ${message} ${JSON.stringify(facts)}`);
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

export function rig(options: RigOptions = {}): Rig {
  const { store = memoryStore(), clock = virtualClock(), api = fakeApi() } = options;
  const events: BotEvent[] = [];
  const lines: string[] = [];
  let last = 0;
  const bot = createBotWith(
    {
      machine: options.machine ?? machine,
      actions: { pay: options.pay ?? (() => "paid"), charge: options.charge ?? (() => "charged") },
      store,
      clock,
      fetch: api.fetch,
      phoneNumberId: NUMBER,
      token: "token",
      appSecrets: [SECRET],
      verifyToken: "verify",
      logger: lineLogger(lines),
      ...options.more,
    },
    options.step ? { ...fake, step: options.step } : fake,
  );
  bot.on((event) => events.push(event));
  const receive = async (...values: readonly Value[]): Promise<number> =>
    (await bot.fetch(post(webhook(...values.map((value) => change(value)))))).status;
  return {
    bot,
    store,
    clock,
    api,
    events,
    lines,
    receive,
    says: async (body, id) => {
      last += 1;
      const sent = text(id ?? `wamid.in${last}`, clock.now(), body);
      const status = await receive({ contacts: [sender({ waId: ANA })], messages: [sent] });
      if (status !== 200) throw new Error(`the webhook was answered ${status}`);
      await bot.settle();
    },
    settle: () => bot.settle(),
    advance: async (ms) => {
      clock.advance(ms);
      await bot.settle();
    },
    inspect: () => bot.inspect(ANA),
  };
}
