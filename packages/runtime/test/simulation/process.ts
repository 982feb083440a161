/** One process of the bot: the real runtime, which dies at a boundary of its choice and never answers again. */
import { createStep, fitValue, type Machine, type Snapshot } from "@parley/machine";
import { createBotWith, type Interpreter } from "../../src/bot.ts";
import type { Arrival, Decision, Loaded, Store } from "../../src/store.ts";
import type { Bot } from "../../src/types.ts";
import { NUMBER, SECRET } from "../support/webhooks.ts";
import { claimed, commit, type Entry, type Ledger, restarted, type Stepped } from "./ledger.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";

const NEVER = new Promise<never>(() => {});

/** What a user types to make the interpreter throw. */
export const POISON = "boom";

export interface Process {
  readonly bot: Bot;
  readonly alive: () => boolean;
  readonly kill: () => void;
}

export interface Birth {
  readonly store: Store;
  readonly machine: Machine;
  readonly ledger: Ledger;
  readonly time: Timeline;
  readonly random: Random;
  /** Boundaries that it lives through; then it dies. */
  readonly life: number;
  readonly skew: () => number;
  readonly fetch: (body: object, signal: AbortSignal | null, alive: () => boolean) => Promise<Response>;
  readonly act: (action: string, key: string) => Promise<string>;
  /** Raised by whatever happens, so that the world knows when it is quiet. */
  readonly tick: () => void;
  readonly died: () => void;
}

interface Life {
  readonly birth: Birth;
  left: number;
  alive: boolean;
}

function die(life: Life): void {
  if (!life.alive) return;
  life.alive = false;
  life.birth.died();
}

/** A boundary: the process may die here, and then nothing after it happens. */
async function boundary(life: Life): Promise<void> {
  life.birth.tick();
  life.left -= 1;
  if (life.left <= 0) die(life);
  if (!life.alive) await NEVER;
}

class Crash extends Error {}

interface Recording {
  readonly steps: Stepped[];
  readonly entries: Entry[];
}

function watchedStep({ random }: Birth, recording: () => Recording): Interpreter {
  const step = createStep();
  const again = createStep();
  const run: Interpreter["step"] = (machine, snapshot, event, env) => {
    if (event.kind === "message" && event.message.type === "text" && event.message.text.body === POISON)
      throw new Error("told to");
    const before = snapshot === null ? null : JSON.stringify(snapshot);
    const result = step(machine, snapshot, event, env);
    const after = JSON.stringify(result.snapshot);
    const sameAgain =
      !random.chance(0.1) ||
      JSON.stringify(
        again(
          machine,
          before === null ? null : (JSON.parse(before) as Snapshot),
          JSON.parse(JSON.stringify(event)) as typeof event,
          env,
        ),
      ) === JSON.stringify(result);
    recording().steps.push({ before, after, event, sameAgain });
    return result;
  };
  return { step: run, fit: fitValue };
}

function entryOf(arrival: Arrival, loaded: Loaded, steps: readonly Stepped[], decision: Decision<unknown>): Entry {
  return {
    contact: loaded.contact?.id ?? "",
    loaded: loaded.snapshot === null ? null : JSON.stringify(loaded.snapshot),
    now: arrival.now,
    steps,
    writes: decision.writes,
    mayMerge: arrival.find.by === "address",
    renames: arrival.find.by === "address" && arrival.find.address.previous !== undefined,
  };
}

/** The store, with what passes through it written down when it is committed. */
function watchedStore(life: Life, recording: { current: Recording }): Store {
  const { store, ledger, random } = life.birth;
  return {
    ...store,
    open: async (session) => {
      await boundary(life);
      const opened = await store.open(session);
      restarted(ledger);
      await boundary(life);
      return opened;
    },
    ingest: async (arrivals, handler) => {
      await boundary(life);
      const entries: Entry[] = [];
      // Dies in the middle of the transaction, which undoes itself.
      const crashAt = life.left === 1 && random.chance(0.5) ? random.whole(0, arrivals.length - 1) : -1;
      const watched =
        <T>(decide: (index: number, loaded: Loaded, error?: unknown) => Decision<T>, crashes: boolean) =>
        (index: number, loaded: Loaded, error?: unknown): Decision<T> => {
          if (index === crashAt && crashes) throw new Crash();
          if (error instanceof Crash) throw error;
          recording.current = { steps: [], entries };
          const decision = decide(index, loaded, error);
          const arrival = arrivals[index];
          if (arrival) entries.push(entryOf(arrival, loaded, recording.current.steps, decision));
          return decision;
        };
      try {
        const outcomes = await store.ingest(arrivals, {
          run: watched(handler.run, true),
          poison: watched(handler.poison, false),
        });
        commit(ledger, entries);
        await boundary(life);
        return outcomes;
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        die(life);
        return NEVER;
      }
    },
    claim: async (request) => {
      await boundary(life);
      const out = await store.claim(request);
      for (const row of out.sends) claimed(ledger, row);
      await boundary(life);
      return out;
    },
  };
}

export function startProcess(birth: Birth): Process {
  const life: Life = { birth, left: birth.life, alive: true };
  const recording: { current: Recording } = { current: { steps: [], entries: [] } };
  const alive = (): boolean => life.alive;
  const request = async (_input: unknown, init?: RequestInit): Promise<Response> => {
    await boundary(life);
    const body = JSON.parse(init?.body as string) as object;
    const response = await birth.fetch(body, init?.signal ?? null, alive);
    await boundary(life);
    return response;
  };
  const act =
    (action: string) =>
    async (_args: object, context: { readonly idempotencyKey: string }): Promise<string> => {
      await boundary(life);
      const value = await birth.act(action, context.idempotencyKey);
      await boundary(life);
      return value;
    };
  const bot = createBotWith(
    {
      machine: birth.machine,
      actions: { look: act("look"), pay: act("pay") },
      store: watchedStore(life, recording),
      clock: birth.time.clock(alive, birth.skew),
      fetch: request,
      phoneNumberId: NUMBER,
      token: "token",
      appSecrets: [SECRET],
      verifyToken: "verify",
    },
    watchedStep(birth, () => recording.current),
  );
  return { bot, alive, kill: () => die(life) };
}
