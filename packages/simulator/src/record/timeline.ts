/** What happened on one phone and behind it, put into the order in which a test says it. */
import type { Doing } from "./doing.ts";
import type { Gesture } from "./gesture.ts";

/** `at`: ms since 1970. Phones and the bot know a contact by different ids. */
export type Entry = { readonly at: number; readonly phone?: string; readonly bot?: string } & (
  | { readonly kind: "did"; readonly gesture: Gesture }
  /** Time alone brought the bot to do something. */
  | { readonly kind: "timer" }
  /** A message came to the bot. */
  | { readonly kind: "heard" }
  /** A fault that hit what was done just before. */
  | { readonly kind: "hit"; readonly doing: Doing }
  /** An action; `settled`: the bot has what it answered. */
  | { readonly kind: "called"; readonly answer: Answer; settled: boolean }
);

type Answer = { -readonly [K in keyof Answers]: Answers[K] };
type Answers = Extract<Doing, { readonly kind: "answers" }>;

/** What a user of a test takes for each thing, as the steps of tests do it. */
const PACE_MS = 1_000;
/** So long is how people take their time: it means nothing, unless something falls due. */
const PAUSE_MS = 5 * 60_000;
/** So late may what falls due be done. */
const LATENESS_MS = 5_000;

interface Told {
  readonly doings: Doing[];
  /** Where the last thing stands that a fault can have hit. */
  act: number;
  /** The moment that the test has come to, on the clock of the phones; undefined before it begins. */
  now: number | undefined;
  /** When messages that were held up arrive, on that clock. */
  readonly late: number[];
}

/** @param entries - Of one contact, in the order in which they happened. */
export function conversationOf(entries: readonly Entry[]): {
  readonly doings: readonly Doing[];
  readonly unsaid?: string;
} {
  const told: Told = { doings: [], act: 0, now: undefined, late: [] };
  for (const entry of entries) {
    if (entry.kind === "did" && entry.gesture.kind === "unsaid")
      return { doings: told.doings, unsaid: entry.gesture.what };
    tell(told, entry);
  }
  return { doings: told.doings };
}

function tell(told: Told, entry: Entry): void {
  switch (entry.kind) {
    case "did": {
      const { gesture } = entry;
      if (gesture.kind !== "none" && gesture.kind !== "unsaid") tellDoing(told, entry.at, gesture);
      return;
    }
    case "timer":
      return tellTimer(told, entry.at);
    case "heard":
      return tellLate(told, entry.at);
    case "hit":
      told.doings.splice(told.act, 0, entry.doing);
      told.act += 1;
      if (entry.doing.kind === "deliverLate") told.late.push((told.now ?? entry.at) + entry.doing.ms);
      return;
    case "called":
      // Who never answered hangs.
      if (!entry.settled) entry.answer.behaviour = "times out";
      told.doings.push(entry.answer);
  }
}

function act(told: Told, doing: Doing, now: number): void {
  told.act = told.doings.length;
  told.doings.push(doing);
  told.now = now;
}

function tellDoing(told: Told, at: number, doing: Doing): void {
  const { now = at } = told;
  const pause = at - now < PAUSE_MS ? 0 : Math.floor((at - now) / 1_000) * 1_000;
  if (pause > 0) told.doings.push({ kind: "waits", ms: pause });
  act(told, doing, now + pause + PACE_MS);
}

/** What falls due at one moment is waited for once. */
function tellTimer(told: Told, at: number): void {
  if (told.now === undefined) return;
  const ms = at - told.now;
  if (ms <= LATENESS_MS && told.doings[told.act]?.kind === "waits") return;
  act(told, { kind: "waits", ms: Math.max(ms, PACE_MS), nearMs: PAUSE_MS + LATENESS_MS }, Math.max(at, told.now));
}

/** A message that was held up for so long has come. */
function tellLate(told: Told, at: number): void {
  const now = told.now ?? at;
  const due = told.late.findIndex((one) => one <= at + LATENESS_MS);
  const [arrives = 0] = due < 0 ? [] : told.late.splice(due, 1);
  if (arrives > now) act(told, { kind: "waits", ms: arrives - now }, arrives);
}
