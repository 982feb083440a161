/**
 * Takes recorded conversations through a machine. A trace has no values, so at each turn all that can happen is tried, at
 * the edges of its types; every situation that did what was recorded is followed. Where none is left the machine differs.
 */
import { type Machine, prepare } from "@parley/machine";
import { type Input, inputsAt, play } from "../explore/input.ts";
import { type Constants, constantsOf, keyOf } from "../explore/key.ts";
import { NEW_WORLD, type Stepper, type World } from "../explore/world.ts";
import { stepsOf, type TraceLine } from "./trace.ts";

export interface Difference {
  readonly contact: string;
  /** Of the contact's turns, from 1. */
  readonly turn: number;
  /** Ms since 1970. */
  readonly at: number;
  readonly event: string;
  readonly recorded: readonly string[];
  /** What comes closest now; empty where the machine does nothing like it. */
  readonly now: readonly string[];
}

export interface Replay {
  readonly conversations: number;
  /** That were compared. */
  readonly turns: number;
  /** Turns before the first beginning of a conversation: nobody knows where that stood. */
  readonly skipped: number;
  /** The first of each contact. */
  readonly differences: readonly Difference[];
}

export interface ReplayOptions {
  readonly machine: Machine;
  readonly env?: Readonly<Record<string, string>>;
  /** How many situations to follow at the same time. Default 60. */
  readonly most?: number;
}

interface Replaying {
  readonly machine: Machine;
  readonly stepper: Stepper;
  readonly constants: Constants;
  readonly most: number;
}

interface Turn {
  readonly line: TraceLine;
  readonly steps: readonly string[];
}

export function replayTrace({ machine, env = {}, most = 60 }: ReplayOptions, lines: readonly TraceLine[]): Replay {
  const stepper = { machine: prepare(machine), env };
  const replaying: Replaying = { machine, stepper, constants: constantsOf(machine), most };
  const differences: Difference[] = [];
  let compared = 0;
  let skipped = 0;
  let conversations = 0;
  for (const own of Map.groupBy(lines, ({ contact }) => contact).values()) {
    const first = own.findIndex(({ trace }) => trace[0]?.kind === "begin");
    skipped += first < 0 ? own.length : first;
    if (first < 0) continue;
    conversations += 1;
    const turns = own.slice(first).flatMap((line): readonly Turn[] => {
      const steps = stepsOf(machine, line.trace);
      return steps.length === 0 ? [] : [{ line, steps }];
    });
    const { upTo, now } = follow(replaying, turns);
    const turn = turns[upTo];
    compared += upTo + (turn ? 1 : 0);
    if (!turn) continue;
    const { contact, at, event } = turn.line;
    differences.push({ ...{ contact, at, event, now }, turn: first + upTo + 1, recorded: turn.steps });
  }
  return { conversations, turns: compared, skipped, differences };
}

/** How many turns the machine can do, and what it does in place of the next one. */
function follow(
  replaying: Replaying,
  turns: readonly Turn[],
): { readonly upTo: number; readonly now: readonly string[] } {
  /** By the turn that comes next: waiting can bring about several at once. */
  const ahead = new Map<number, Map<string, World>>([[0, new Map([["", NEW_WORLD]])]]);
  let furthest = { upTo: 0, now: [] as readonly string[] };
  for (let at = 0; at < turns.length; at++) {
    const worlds = ahead.get(at);
    ahead.delete(at);
    if (!worlds) continue;
    furthest = { upTo: at, now: [] };
    for (const world of worlds.values()) {
      for (const input of [...inputsAt(replaying.machine, world, "all"), ...ANYTIME]) {
        const done = tried(replaying, world, input);
        if (!done) continue;
        const used = turnsOf(done.steps, turns, at);
        if (used === 0) {
          if (alike(done.steps, turns[at]?.steps) > alike(furthest.now, turns[at]?.steps))
            furthest = { upTo: at, now: done.steps };
          continue;
        }
        const next = ahead.get(at + used) ?? new Map<string, World>();
        if (next.size < replaying.most) next.set(keyOf(done.world, replaying.constants), done.world);
        ahead.set(at + used, next);
      }
    }
  }
  return ahead.has(turns.length) ? { upTo: turns.length, now: [] } : furthest;
}

/** What comes at any time and may do nothing. */
const ANYTIME: readonly Input[] = [
  { kind: "says", text: "hello" },
  { kind: "sendsMedia", what: "image" },
  { kind: "sendsMedia", what: "audio" },
  { kind: "sendsMedia", what: "sticker" },
  { kind: "sendsLocation", latitude: 45.46, longitude: 9.19 },
  { kind: "reacts", emoji: "👍" },
];

/** Undefined where the machine cannot do this now. */
function tried(
  { machine, stepper }: Replaying,
  world: World,
  input: Input,
): { readonly world: World; readonly steps: readonly string[] } | undefined {
  if (world.call && input.kind !== "answers") return undefined;
  try {
    const turned = play(stepper, world, input);
    return { world: turned.world, steps: stepsOf(machine, turned.trace) };
  } catch {
    // What a machine cannot step is a finding of `explore`; here it is one more way that does not do what was recorded.
    return undefined;
  }
}

/** How many recorded turns these steps are, one after another; 0 where they are none. */
function turnsOf(steps: readonly string[], turns: readonly Turn[], from: number): number {
  let at = 0;
  for (let count = 0; from + count < turns.length; count++) {
    const { steps: recorded } = turns[from + count] as Turn;
    if (!recorded.every((step, i) => steps[at + i] === step)) return 0;
    at += recorded.length;
    if (at === steps.length) return count + 1;
  }
  return 0;
}

function alike(steps: readonly string[], recorded: readonly string[] = []): number {
  const different = recorded.findIndex((step, at) => steps[at] !== step);
  return different < 0 ? recorded.length : different;
}
