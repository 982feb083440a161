/** People who order pizza: they tap what they are shown, or do something else. All comes from one number each. */
import { type Bubble, optionsOf, type Phone } from "@parley/emulator";

export interface Dice {
  /** From 0 to below 1. */
  readonly next: () => number;
  /** From 0 to below `n`. */
  readonly below: (n: number) => number;
}

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
  };
  return { next, below: (n) => Math.floor(next() * n) };
}

const WORDS = ["menu", "hi", "the usual", "what?", "pizza", "Nothing, thanks"];

/** What a person answers who reads the question. */
const ANSWERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^How many/, ["2", "two", "three", "21"]],
  [/^A number/, ["2"]],
  [/^Under what name/, ["Ana", "Bo", "Cy"]],
];

function pick<T>(chance: Dice, from: readonly T[]): T | undefined {
  return from[chance.below(from.length)];
}

/** Few want to talk to a person, or not to order at last. */
const SELDOM: ReadonlySet<string> = new Set(["Talk to a person", "No, thanks", "Change it", "Back", "Not so good"]);

function tap(phone: Phone, chance: Dice, bubble: Bubble): boolean {
  const all = optionsOf(bubble);
  const liked = all.filter(({ title }) => !SELDOM.has(title));
  const option = pick(chance, chance.next() < 0.95 && liked.length > 0 ? liked : all);
  if (!option) return false;
  phone.taps(option.id, { of: bubble.id });
  return true;
}

function answers(phone: Phone, chance: Dice, newest: Bubble): boolean {
  if (newest.kind === "locationRequest") {
    phone.sendsLocation({ latitude: 45.46, longitude: 9.19 });
    return true;
  }
  if (tap(phone, chance, newest)) return true;
  const words = ANSWERS.find(([question]) => question.test(newest.text ?? ""))?.[1];
  if (words) phone.says(pick(chance, words) ?? "2");
  return words !== undefined;
}

/** Does one thing; gives how many messages it sent. */
export function act(phone: Phone, chance: Dice): number {
  const shown = phone.history.filter(({ from }) => from === "business");
  const newest = shown.at(-1);
  const what = chance.next();
  if (what < 0.03) return 0;
  if (newest && what < 0.06) {
    phone.reacts("👍", { to: newest.id });
    return 1;
  }
  const older = what < 0.1 ? pick(chance, shown) : undefined;
  if (older && tap(phone, chance, older)) return 1;
  if (newest && what < 0.93 && answers(phone, chance, newest)) return 1;
  if (what < 0.95) phone.sendsMedia({ kind: "image", caption: "hungry" });
  else phone.says(pick(chance, WORDS) ?? "hi");
  return 1;
}
