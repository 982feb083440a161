/** The host's side of a simulation: functions that answer as they were told, and a record of what was asked of them. */
import type { Machine, Value } from "@parley/machine";

export type MockBehaviour =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "fails" }
  /** Never answers: the action's time-out ends it. */
  | { readonly kind: "times out" };

export interface ActionCall {
  readonly action: string;
  readonly args: Readonly<Record<string, Value>>;
  /** Ms since 1970. */
  readonly at: number;
}

/** An implementation of a host's action, as `createBot` takes it. */
export type ActionFunction = (args: never, context: never) => unknown;

export interface Host {
  /** One function for each action of the machine. */
  readonly functions: Readonly<Record<string, ActionFunction>>;
  readonly calls: ActionCall[];
  /** Actions that were called while nothing said what they answer. */
  readonly unanswered: Set<string>;
  readonly mock: (action: string, behaviour: MockBehaviour) => void;
  /** How many calls wait for their time-out. */
  readonly hanging: () => number;
}

interface Waiting {
  count: number;
}

function hang(waiting: Waiting, signal: AbortSignal): Promise<never> {
  waiting.count += 1;
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => {
      waiting.count -= 1;
      reject(new Error("timed out"));
    });
  });
}

/** `actions` are real functions, used where nothing is mocked. */
export function createHost(
  machine: Machine,
  actions: Readonly<Record<string, ActionFunction>>,
  now: () => number,
): Host {
  const mocks = new Map<string, MockBehaviour>();
  const calls: ActionCall[] = [];
  const unanswered = new Set<string>();
  const waiting: Waiting = { count: 0 };
  const answer = (action: string, args: ActionCall["args"], context: { readonly signal: AbortSignal }): unknown => {
    calls.push({ action, args, at: now() });
    const behaviour = mocks.get(action);
    switch (behaviour?.kind) {
      case "value":
        return structuredClone(behaviour.value);
      case "fails":
        throw new Error(`the mock of ${action} fails`);
      case "times out":
        return hang(waiting, context.signal);
      case undefined: {
        const real = actions[action];
        if (real) return real(args as never, context as never);
        unanswered.add(action);
        throw new Error(`nothing says what ${action} answers`);
      }
    }
  };
  const functions = Object.fromEntries(
    Object.keys(machine.actions).map((name) => [
      name,
      (args: ActionCall["args"], context: { readonly signal: AbortSignal }) => answer(name, args, context),
    ]),
  );
  return {
    functions,
    calls,
    unanswered,
    mock: (action, behaviour) => mocks.set(action, behaviour),
    hanging: () => waiting.count,
  };
}
