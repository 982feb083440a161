/** Joins the rooms to a bot. */
import type { Machine } from "@parley/machine";
import { realClock } from "./clock.ts";
import { createCloudApi } from "./cloud-api/client.ts";
import { checkOptions } from "./config.ts";
import type { ActionFunction, Core, Fit, Step } from "./engine/core.ts";
import { createPump, type Pump } from "./engine/pump.ts";
import { createQueue, type Queue } from "./engine/queue.ts";
import { errorFacts, guarded, silent } from "./log.ts";
import { SETTLE_MS } from "./outbox/retry.ts";
import { inspectContact, releaseContact, triggerEvent } from "./turn/host.ts";
import { createMachines } from "./turn/machines.ts";
import type { Bot, BotEvent, BotOptions, BotTypes, UntypedBot } from "./types.ts";
import { handleWebhook, type Webhook } from "./webhook/handler.ts";
import { createVerify } from "./webhook/signature.ts";

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
  storeId: () => string,
): Core {
  const clock = options.clock ?? realClock;
  const request = options.fetch ?? fetch;
  const core: Core = {
    store: options.store,
    ...interpreter,
    machines: createMachines(options.machine),
    // `checkOptions` has seen that each declared action is a function.
    actions: options.actions as Readonly<Record<string, ActionFunction>>,
    http: options.http ?? {},
    api: createCloudApi({
      fetch: (input, init) => request(input, init),
      clock,
      url: (options.apiUrl ?? DEFAULT_API_URL).replace(/\/+$/, ""),
      version: options.machine.api,
      phoneNumberId: options.phoneNumberId,
      token: options.token,
    }),
    clock,
    virtual: options.clock !== undefined,
    log: options.logger ? guarded(options.logger) : silent,
    env: options.env ?? {},
    phoneNumberId: options.phoneNumberId,
    idSecret: options.appSecrets[0] ?? "",
    storeId,
    emit: createEmit(listeners, () => core),
  };
  return core;
}

interface Opening {
  storeId: string;
  done: Promise<void> | null;
}

async function open(core: Core, machine: Machine, boot: string, opening: Opening): Promise<void> {
  const opened = await core.store.open({
    boot,
    now: core.clock.now(),
    settleMs: SETTLE_MS,
    machine: { hash: machine.hash, json: JSON.stringify(machine) },
  });
  opening.storeId = opened.storeId;
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

interface Rooms {
  readonly core: Core;
  readonly queue: Queue;
  readonly pump: Pump;
  readonly ready: () => Promise<void>;
}

function createRooms(options: BotOptions<BotTypes>, interpreter: Interpreter, listeners: ReadonlySet<Listener>): Rooms {
  const boot = crypto.randomUUID();
  const opening: Opening = { storeId: "", done: null };
  const core = createCore(options, interpreter, listeners, () => opening.storeId);
  const queue: Queue = createQueue(core, () => pump.kick());
  const pump = createPump(core, queue, boot);
  return { core, queue, pump, ready: createReady(core, options.machine, boot, opening) };
}

export function createBotWith<B extends BotTypes = UntypedBot>(
  options: BotOptions<B>,
  interpreter: Interpreter,
): Bot<B> {
  checkOptions(options);
  const listeners = new Set<Listener>();
  const { core, queue, pump, ready } = createRooms(options, interpreter, listeners);
  const { verifyToken } = options;
  let stopped = false;
  const webhook: Webhook = {
    core,
    queue,
    ready,
    verifyToken,
    stopped: () => stopped,
    verify: createVerify(options.appSecrets),
  };
  const opened =
    <A extends readonly unknown[], R>(run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await ready();
      return run(...args);
    };
  return {
    fetch: (request) => handleWebhook(webhook, request),
    start: opened(async () => pump.start()),
    stop: async () => {
      stopped = true;
      await queue.idle();
      await pump.stop();
    },
    trigger: opened((contact, event, args) => triggerEvent(core, queue, contact, event, args)),
    release: opened((contact) => releaseContact(core, queue, contact)),
    inspect: opened((contact) => inspectContact(core, contact)),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settle: opened(() => pump.settle()),
    nextDue: opened(() => pump.nextDue()),
  };
}
