/** A bot and a WhatsApp of its own, on a clock that runs as ours does and can be put forward. */
import { randomBytes } from "node:crypto";
import { type AdvanceableClock, createEmulator, createShiftedClock, type Emulator, type Phone } from "@parley/emulator";
import type { Machine } from "@parley/machine";
import { type Bot, createBot, type HttpOptions, type Logger, type Store } from "@parley/runtime";
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
}

export function newEmulator({ machine, secrets, fetch, webhook }: EmulatorSetup): {
  readonly emulator: Emulator;
  readonly clock: AdvanceableClock;
} {
  const clock = createShiftedClock();
  const { token, appSecret, verifyToken } = secrets;
  const emulator = createEmulator({
    clock,
    token,
    displayPhoneNumber: numbersOf(machine).business,
    templates: templatesOf(machine),
    ...(fetch && { fetch }),
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
}

export function newBot({ secrets, emulator, ...setup }: BotSetup): Bot {
  const { token, appSecret, verifyToken } = secrets;
  return createBot({ ...setup, phoneNumberId: emulator.phoneNumberId, token, appSecrets: [appSecret], verifyToken });
}

export function worldOf(machine: Machine, bot: Bot, emulator: Emulator, clock: AdvanceableClock): World {
  const phone = emulator.phone({ phone: numbersOf(machine).user, name: "You" });
  const parts = { bot, emulator, clock, phone };
  return { ...parts, settle: () => settle(parts), advance: (ms) => advance(parts, ms) };
}

type Parts = Omit<World, "settle" | "advance">;

/** How long, in real time, an action that runs is waited for. */
const ACTION_PATIENCE_MS = 60_000;

async function settle({ bot, emulator, phone }: Parts): Promise<void> {
  const until = Date.now() + ACTION_PATIENCE_MS;
  for (;;) {
    const before = emulator.log().at(-1)?.n;
    await emulator.settle();
    await bot.settle();
    await emulator.settle();
    if (emulator.log().at(-1)?.n !== before) continue;
    const snapshot = await bot.inspect(phone.contact.id);
    if (snapshot?.conversation?.wait.kind !== "action" || Date.now() > until) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
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
