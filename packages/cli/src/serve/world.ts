/** A bot and a WhatsApp of its own, on a clock that runs as ours does and can be put forward. */
import { randomBytes } from "node:crypto";
import { type AdvanceableClock, createEmulator, createShiftedClock, type Emulator, type Phone } from "@parley/emulator";
import type { Machine, Snapshot, StepResult } from "@parley/machine";
import { type Bot, type BotOptions, createBot, type HttpOptions, type Logger, type Store } from "@parley/runtime";
import { createWatchedBot } from "@parley/runtime/testing";
import { numbersOf, templatesOf } from "@parley/simulator";
import type { Actions } from "./actions.ts";

export interface World {
  readonly bot: Bot;
  readonly emulator: Emulator;
  readonly clock: AdvanceableClock;
  /** The phone of whoever sits at this terminal. */
  readonly phone: Phone;
  /** Resolves when neither side has anything to do at this moment. */
  readonly settle: () => Promise<void>;
  /** Lets time pass: everything that falls due in between happens at its own time. */
  readonly advance: (ms: number) => Promise<void>;
}

/** Both sides know these; they are made for one run. */
export interface Secrets {
  readonly token: string;
  readonly appSecret: string;
  readonly verifyToken: string;
}

export function newSecrets(): Secrets {
  const secret = (): string => randomBytes(16).toString("hex");
  return { token: secret(), appSecret: secret(), verifyToken: secret() };
}

export interface EmulatorSetup {
  readonly machine: Machine;
  readonly secrets: Secrets;
  /** Reaches the bot's webhook. */
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly webhook?: string;
  /** The bot, where the emulator's own `advance` is to step through its due times as well. */
  readonly companion?: () => Bot;
}

export function newEmulator({ machine, secrets, fetch, webhook, companion }: EmulatorSetup): {
  readonly emulator: Emulator;
  readonly clock: AdvanceableClock;
} {
  const clock = createShiftedClock();
  const { token, appSecret, verifyToken } = secrets;
  const emulator: Emulator = createEmulator({
    clock,
    token,
    displayPhoneNumber: numbersOf(machine).business,
    templates: templatesOf(machine),
    ...(fetch && { fetch }),
    ...(companion && {
      companion: { settle: () => rest({ bot: companion(), emulator }), nextDue: () => companion().nextDue() },
    }),
    ...(webhook !== undefined && { webhook: { url: webhook, appSecret, verifyToken } }),
  });
  return { emulator, clock };
}

export interface BotSetup {
  readonly machine: Machine;
  readonly actions: Actions;
  readonly env: Readonly<Record<string, string>>;
  readonly store: Store;
  readonly secrets: Secrets;
  readonly apiUrl: string;
  readonly emulator: Emulator;
  readonly clock: AdvanceableClock;
  readonly logger: Logger;
  readonly http: HttpOptions;
  readonly fetch?: typeof fetch;
  /** Is shown what each step gives. */
  readonly watch?: (result: StepResult<Snapshot>) => void;
}

export function newBot({ secrets, emulator, watch, ...setup }: BotSetup): Bot {
  const { token, appSecret, verifyToken } = secrets;
  const account = { phoneNumberId: emulator.phoneNumberId, token, appSecrets: [appSecret], verifyToken };
  const options: BotOptions = { ...setup, ...account };
  return watch ? createWatchedBot(options, watch) : createBot(options);
}

export function worldOf(machine: Machine, bot: Bot, emulator: Emulator, clock: AdvanceableClock): World {
  const phone = emulator.phone({ phone: numbersOf(machine).user, name: "You" });
  const parts = { bot, emulator, clock, phone };
  return { ...parts, settle: () => settle(parts), advance: (ms) => advance(parts, ms) };
}

type Parts = Omit<World, "settle" | "advance">;

/** How long, in real time, an action that runs is waited for. */
const ACTION_PATIENCE_MS = 60_000;

async function settle(parts: Parts): Promise<void> {
  const { emulator } = parts;
  for (;;) {
    const before = emulator.log().at(-1)?.n;
    await emulator.settle();
    await rest(parts);
    await emulator.settle();
    if (emulator.log().at(-1)?.n === before) return;
  }
}

/** Lets the bot do what is due, and its actions end: they take real time, which no clock puts forward. */
async function rest({ bot, emulator }: Pick<Parts, "bot" | "emulator">): Promise<void> {
  const until = Date.now() + ACTION_PATIENCE_MS;
  for (;;) {
    await bot.settle();
    if (!(await someActionRuns(bot, emulator)) || Date.now() > until) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function someActionRuns(bot: Bot, emulator: Emulator): Promise<boolean> {
  for (const { id, userId } of emulator.contacts()) {
    const snapshot = await bot.inspect(userId ?? id);
    if (snapshot?.conversation?.wait.kind === "action") return true;
  }
  return false;
}

/** So often in a row something may stay due before it is left to the real clock. */
const PATIENCE = 20;

async function advance(parts: Parts, ms: number): Promise<void> {
  const { bot, emulator, clock } = parts;
  const until = clock.now() + ms;
  await settle(parts);
  let last = 0;
  let same = 0;
  for (;;) {
    const due = Math.min(
      clock.nextDue() ?? Infinity,
      emulator.nextDue() ?? Infinity,
      (await bot.nextDue()) ?? Infinity,
    );
    if (due > until) break;
    same = due === last ? same + 1 : 0;
    if (same > PATIENCE) break;
    last = due;
    clock.advanceTo(Math.max(due, clock.now()));
    await settle(parts);
  }
  clock.advanceTo(Math.max(until, clock.now()));
  await settle(parts);
}
