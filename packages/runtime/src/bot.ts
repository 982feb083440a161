/** Joins the rooms to a bot. */
import type { Machine } from "@parley/machine";
import { realClock } from "./clock.ts";
import { createCloudApi } from "./cloud-api/client.ts";
import { checkOptions } from "./config.ts";
import { endedByStore } from "./engine/broken.ts";
import type { ActionFunction, Core, Fit, Step } from "./engine/core.ts";
import { createHealth } from "./engine/health.ts";
import { createPump, type Pump } from "./engine/pump.ts";
import { createQueue, type Queue } from "./engine/queue.ts";
import { limitsOf } from "./limits.ts";
import { errorFacts, guarded, silent } from "./log.ts";
import { createGate } from "./outbox/gate.ts";
import { sendMessage, statusOfMessage } from "./outbox/host.ts";
import { createRates, PAIR_MEMORY_MS, UNPACED } from "./outbox/rates.ts";
import { sendingOf } from "./outbox/sending.ts";
import { uploadMedia } from "./outbox/upload.ts";
import type { Store } from "./store.ts";
import { createGauges } from "./telemetry/gauges.ts";
import { readHealth } from "./telemetry/health.ts";
import { measuredApi } from "./telemetry/measured-api.ts";
import { prometheusText } from "./telemetry/prometheus.ts";
import { createMeter } from "./telemetry/registry.ts";
import { createStartSpan } from "./telemetry/tracer.ts";
import { listDeadLetters, redriveDeadLetter } from "./turn/dead-letters.ts";
import { inspectContact, releaseContact, triggerEvent } from "./turn/host.ts";
import { createMachines } from "./turn/machines.ts";
import { olderVersions } from "./turn/versions.ts";
import type { Bot, BotEvent, BotOptions, BotTypes, UntypedBot } from "./types.ts";
import { handleWebhook, type Webhook } from "./webhook/handler.ts";
import { plainOf, responseOf } from "./webhook/plain.ts";
import { createVerify } from "./webhook/signature.ts";
import { createThrottle } from "./webhook/throttle.ts";

/** The parts of the interpreter that a bot runs on; tests put others in their place. */
export interface Interpreter {
  readonly step: Step;
  readonly fit: Fit;
}

const DEFAULT_API_URL = "https://graph.facebook.com";

type Listener = (event: BotEvent) => void;

function createEmit(listeners: ReadonlySet<Listener>, core: () => Core): Listener {
  return (event) => {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        core().log.error({ event: event.kind, ...errorFacts(error) }, "a listener failed");
      }
    }
  };
}

function createCore(
  options: BotOptions<BotTypes>,
  interpreter: Interpreter,
  listeners: ReadonlySet<Listener>,
  opening: Opening,
  store: Store,
): Core {
  const clock = options.clock ?? realClock;
  const request = options.fetch ?? fetch;
  const limits = limitsOf(options.limits);
  const sending = sendingOf(options.sending);
  const log = options.logger ? guarded(options.logger) : silent;
  const emit = createEmit(listeners, () => core);
  const instruments = {
    meter: createMeter(options.telemetry),
    startSpan: createStartSpan(options.telemetry),
    health: createHealth(),
  };
  const core: Core = {
    store,
    ...interpreter,
    machines: createMachines(options.machine),
    // `checkOptions` has seen that each declared action is a function.
    actions: options.actions as Readonly<Record<string, ActionFunction>>,
    http: options.http ?? {},
    ...instruments,
    limits,
    throttle: createThrottle(limits.messagesPerMinute),
    sending,
    rates: sending.paced ? createRates(sending.perSecond, clock.now(), () => opening.processes()) : UNPACED,
    gate: createGate({ pauseMs: sending.pauseMs, clock, log, health: instruments.health, emit }),
    api: measuredApi(
      createCloudApi({
        fetch: (input, init) => request(input, init),
        clock,
        url: (options.apiUrl ?? DEFAULT_API_URL).replace(/\/+$/, ""),
        version: options.machine.api,
        phoneNumberId: options.phoneNumberId,
        token: options.token,
        timeoutMs: sending.timeoutMs,
        ...(options.media ? { media: options.media } : {}),
      }),
      instruments,
    ),
    clock,
    virtual: options.clock !== undefined,
    log,
    env: options.env ?? {},
    phoneNumberId: options.phoneNumberId,
    idSecret: options.appSecrets[0] ?? "",
    storeId: () => opening.storeId,
    pollMs: () => opening.pollMs,
    emit,
  };
  return core;
}

interface Opening {
  storeId: string;
  pollMs: number | undefined;
  processes: () => number;
  done: Promise<void> | null;
}

async function open(core: Core, machine: Machine, boot: string, opening: Opening): Promise<void> {
  const opened = await core.store.open({
    boot,
    now: core.clock.now(),
    settleMs: core.sending.settleMs,
    learn: (machines) => core.machines.add(machines),
    recentSince: core.clock.now() - PAIR_MEMORY_MS,
    machine: { hash: machine.hash, json: JSON.stringify(machine) },
  });
  opening.storeId = opened.storeId;
  opening.pollMs = opened.pollMs;
  opening.processes = opened.processes ?? opening.processes;
  core.rates.remember(opened.recent ?? []);
  core.machines.add(opened.machines);
  core.log.info({ machine: machine.hash, doubtful: opened.doubtful, actions: opened.actions }, "store open");
}

/** Opens the store at the first use; a failure is told to who asked, and the next one tries again. */
function createReady(core: Core, machine: Machine, boot: string, opening: Opening): () => Promise<void> {
  return () => {
    opening.done ??= open(core, machine, boot, opening).catch((error: unknown) => {
      opening.done = null;
      throw error;
    });
    return opening.done;
  };
}

/** How the bot is, and becomes, over. */
interface Ending {
  stopped: boolean;
  readonly closed: Promise<Error | null>;
  readonly close: (why: Error | null) => void;
}

function createEnding(): Ending {
  let close: Ending["close"] = () => {};
  const closed = new Promise<Error | null>((resolve) => {
    close = resolve;
  });
  return { stopped: false, closed, close };
}

interface Rooms {
  readonly core: Core;
  readonly queue: Queue;
  readonly pump: Pump;
  readonly ready: () => Promise<void>;
  readonly ending: Ending;
}

function createRooms(options: BotOptions<BotTypes>, interpreter: Interpreter, listeners: ReadonlySet<Listener>): Rooms {
  const boot = crypto.randomUUID();
  const opening: Opening = { storeId: "", pollMs: undefined, processes: () => 1, done: null };
  const ending = createEnding();
  const store = endedByStore(options.store, (error) => {
    core.health.broken = true;
    core.log.error(errorFacts(error), "the store broke: the bot is over");
    ending.stopped = true;
    pump.halt();
    ending.close(error);
  });
  const core = createCore(options, interpreter, listeners, opening, store);
  const queue: Queue = createQueue(core, () => pump.kick());
  const pump = createPump(core, queue, boot);
  return { core, queue, pump, ready: createReady(core, options.machine, boot, opening), ending };
}

export function createBotWith<B extends BotTypes = UntypedBot>(
  options: BotOptions<B>,
  interpreter: Interpreter,
): Bot<B> {
  checkOptions(options);
  const listeners = new Set<Listener>();
  const { core, queue, pump, ready, ending } = createRooms(options, interpreter, listeners);
  const { verifyToken } = options;
  const webhook: Webhook = {
    core,
    queue,
    ready,
    verifyToken,
    bytes: 0,
    stopped: () => ending.stopped,
    verify: createVerify(options.appSecrets),
  };
  const gauges = createGauges(core, { depth: queue.depth, bytes: () => webhook.bytes });
  options.telemetry?.observe(gauges);
  const load = (): number => Math.max(queue.load(), webhook.bytes / core.limits.queuedBytes);
  const opened =
    <A extends readonly unknown[], R>(run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await ready();
      return run(...args);
    };
  return {
    fetch: async (request) => responseOf(await handleWebhook(webhook, plainOf(request))),
    handle: (request) => handleWebhook(webhook, request),
    start: opened(async () => pump.start()),
    stop: async () => {
      ending.stopped = true;
      await queue.idle();
      await pump.stop();
      ending.close(null);
    },
    closed: ending.closed,
    trigger: opened((contact, event, args) => triggerEvent(core, queue, contact, event, args)),
    release: opened((contact) => releaseContact(core, queue, contact)),
    inspect: opened((contact) => inspectContact(core, contact)),
    olderVersions: opened(() => olderVersions(core)),
    send: opened((contact, message, how) => sendMessage(core, queue, contact, message, how)),
    upload: (media) => uploadMedia(core, media),
    status: opened((wamid) => statusOfMessage(core, wamid)),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deadLetters: opened((limit) => listDeadLetters(core, limit)),
    redrive: opened((id) => redriveDeadLetter(core, queue, id)),
    health: () => readHealth({ core, load, ready, stopped: () => ending.stopped }),
    metrics: async () => prometheusText(core.meter, await gauges()),
    limits: core.limits,
    settle: opened(() => pump.settle()),
    nextDue: opened(() => pump.nextDue()),
  };
}
