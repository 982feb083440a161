/**
 * The interpreter: one event of one contact, from snapshot to snapshot. Pure and deterministic: the same arguments give
 * the same bytes, nothing that is given is written to, and nothing is known but what is given.
 */
import { StepError } from "./errors.ts";
import type { Event, StepResult } from "./events.ts";
import type { Machine } from "./format.ts";
import { type Prepared, prepare } from "./prepare.ts";
import type { Snapshot } from "./snapshot.ts";
import { finish } from "./step/finish.ts";
import { handleEcho } from "./step/handed-off.ts";
import { handleMessage } from "./step/message.ts";
import { handleEvent, handleRefused, handleRelease, handleResult, handleTimer } from "./step/others.ts";
import { settle } from "./step/settle.ts";
import { beginTurn, type Turn } from "./step/turn.ts";

const NO_ENV: Readonly<Record<string, string>> = {};

/**
 * @param machine - The machine, or better what `prepare` made of it, once for all turns.
 * @param snapshot - What the last step of this contact gave; null for a contact that is new.
 * @param env - What `env.X` reads.
 * @throws {StepError} where the event cannot be stepped; the snapshot that was given holds.
 */
export function step(
  machine: Machine | Prepared,
  snapshot: Snapshot | null,
  event: Event,
  env: Readonly<Record<string, string>> = NO_ENV,
): StepResult<Snapshot> {
  const prepared = "machine" in machine ? machine : prepare(machine);
  const turn = beginTurn(prepared, snapshot, event, env);
  try {
    handle(turn, event);
    settle(turn);
    return finish(turn);
  } catch (error) {
    throw placed(turn, error);
  }
}

/** `step`, with what it finds out about a machine kept for as long as the machine itself. */
export function createStep(): (
  machine: Machine,
  snapshot: Snapshot | null,
  event: Event,
  env?: Readonly<Record<string, string>>,
) => StepResult<Snapshot> {
  const known = new WeakMap<Machine, Prepared>();
  return (machine, snapshot, event, env) => {
    let prepared = known.get(machine);
    if (!prepared) {
      prepared = prepare(machine);
      known.set(machine, prepared);
    }
    return step(prepared, snapshot, event, env);
  };
}

function handle(turn: Turn, event: Event): void {
  switch (event.kind) {
    case "message":
      return handleMessage(turn, event);
    case "timer":
      return handleTimer(turn, event);
    case "result":
      return handleResult(turn, event);
    case "event":
    case "scheduled":
      return handleEvent(turn, event);
    case "echo":
      return handleEcho(turn, event);
    case "release":
      return handleRelease(turn);
    case "refused":
      return handleRefused(turn, event);
    default:
      return event satisfies never;
  }
}

/** An error with the place at which the turn was. */
function placed(turn: Turn, error: unknown): StepError {
  if (error instanceof StepError && error.place) return error;
  const frame = turn.conversation?.frames.at(-1);
  const message = error instanceof Error ? error.message : String(error);
  return new StepError(message, frame ? { flow: frame.flow, at: frame.at } : null, error);
}
