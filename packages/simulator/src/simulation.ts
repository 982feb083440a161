/** Runtime and emulator in one process, joined by `fetch` over WhatsApp's own JSON, on a clock that only moves when told. */
import {
  type AdvanceableClock,
  type ContactInit,
  createEmulator,
  createVirtualClock,
  type Emulator,
  type EmulatorTemplate,
  type Phone,
} from "@parley/emulator";
import type { Frame, Machine } from "@parley/machine";
import { type Bot, type BotEvent, type BotOptions, memoryStore } from "@parley/runtime";
import { createWatchedBot } from "@parley/runtime/testing";
import { type ActionFunction, createHost, type Host } from "./actions.ts";
import { numbersOf } from "./numbers.ts";
import { templatesOf } from "./templates.ts";
import { type Recorder, recordTranscript } from "./transcript/transcript.ts";

export interface SimulationOptions {
  readonly machine: Machine;
  /** Real functions for actions that are not mocked. */
  readonly actions?: Readonly<Record<string, ActionFunction>>;
  /** In place of those that the machine describes. */
  readonly templates?: readonly EmulatorTemplate[];
  readonly env?: Readonly<Record<string, string>>;
  /** Ms since 1970 at which it begins; default Monday, 5 January 2026, 9:00 UTC. */
  readonly start?: number;
  /** Ids come from it; the same seed gives the same conversation. */
  readonly seed?: string;
  readonly contact?: ContactInit;
  /** WhatsApp's rate limits; default false: virtual time stands still while messages go out. */
  readonly rates?: boolean;
}

export interface Simulation {
  readonly machine: Machine;
  readonly bot: Bot;
  readonly emulator: Emulator;
  readonly clock: AdvanceableClock;
  readonly phone: Phone;
  readonly host: Host;
  /** What `env.X` reads. */
  readonly env: Readonly<Record<string, string>>;
  /** Calls that ended since somebody last looked and emptied it, as they were then: they are in no snapshot. */
  readonly left: Frame[];
  /** All events of the bot so far. */
  readonly events: readonly BotEvent[];
  readonly recorder: Recorder;
  /** Resolves when neither side has anything to do now. */
  readonly settle: () => Promise<void>;
  /** Lets time pass, one due time after another. */
  readonly advance: (ms: number) => Promise<void>;
  readonly close: () => void;
}

const START = Date.UTC(2026, 0, 5, 9);
const API = "https://graph.emulator.invalid";
const WEBHOOK = { url: "https://bot.invalid/webhook", appSecret: "secret", verifyToken: "verify" } as const;
const TOKEN = "token";

/** Of webhooks that one half of a process gives the other: a real one would only be worked out twice. */
const SIGNATURE = `sha256=${"0".repeat(64)}`;

async function deliver(bot: Bot, request: Request): Promise<Response> {
  const { status, headers, body } = await bot.handle({
    method: request.method,
    url: request.url,
    header: (name) => request.headers.get(name),
    body: async (limit) => {
      const bytes = new Uint8Array(await request.arrayBuffer());
      return bytes.byteLength > limit ? undefined : bytes;
    },
    verify: (_secret, signature) => signature.every((byte) => byte === 0),
  });
  return new Response(body, { status, headers });
}

interface Parts {
  readonly emulator: Emulator;
  readonly clock: AdvanceableClock;
  readonly host: Host;
  readonly left: Frame[];
}

function startBot(options: SimulationOptions, { emulator, clock, host, left }: Parts): Bot {
  const reach = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    if (request.url.startsWith(API)) return emulator.fetch(request);
    throw new TypeError(`a simulation does not reach ${new URL(request.url).host}`);
  };
  const watched: BotOptions = {
    machine: options.machine,
    actions: host.functions,
    store: memoryStore(),
    phoneNumberId: emulator.phoneNumberId,
    token: TOKEN,
    appSecrets: [WEBHOOK.appSecret],
    verifyToken: WEBHOOK.verifyToken,
    apiUrl: API,
    env: options.env ?? {},
    fetch: reach,
    // Actions that are HTTP requests are mocked as all others are.
    http: { fetch: reach },
    sending: { paced: options.rates ?? false },
    clock,
  };
  return createWatchedBot(watched, (step) => left.push(...(step.left ?? [])));
}

export function createSimulation(options: SimulationOptions): Simulation {
  const clock = createVirtualClock(options.start ?? START);
  const host = createHost(options.machine, options.actions ?? {}, clock.now);
  const numbers = numbersOf(options.machine);
  const emulator = createEmulator({
    clock,
    displayPhoneNumber: numbers.business,
    seed: options.seed ?? "parley",
    token: TOKEN,
    webhook: WEBHOOK,
    delivery: "manual",
    // Nothing in a bot depends on whether a message was read, and each status is a webhook.
    delays: { read: null },
    rates: options.rates ?? false,
    templates: options.templates ?? templatesOf(options.machine),
    fetch: (request) => deliver(bot, request),
    sign: () => SIGNATURE,
    companion: { settle: () => bot.settle(), nextDue: () => bot.nextDue() },
  });
  const left: Frame[] = [];
  const bot = startBot(options, { emulator, clock, host, left });
  const phone = emulator.phone(options.contact ?? { phone: numbers.user, name: "Ana" });
  const events: BotEvent[] = [];
  bot.on((event) => events.push(event));
  return {
    machine: options.machine,
    bot,
    emulator,
    clock,
    phone,
    host,
    env: options.env ?? {},
    left,
    events,
    recorder: recordTranscript(emulator, phone.contact.id),
    settle: emulator.settle,
    advance: emulator.advance,
    close: () => emulator.close(),
  };
}
