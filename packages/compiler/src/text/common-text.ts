/**
 * The shortest text that two patterns both match, by walking their automata in step. A pattern is searched, so each walk may
 * begin late and end early. The text is one that a user can have typed as the machine sees it: no white space at its ends,
 * single spaces within, no line breaks.
 */
import type { PatternInstr, PatternProgram } from "@parley/machine";
import { sure } from "./sure.ts";

/** Two programs and how much may be tried; beyond that no answer is known. */
export interface Budget {
  /** Counts down; shared by all pairs of a project. */
  steps: number;
}

/** Where a walk stands: before the match begins, at an instruction that is about to be followed, or behind the match. */
const SEARCHING = -1;
const MATCHED = -2;

/** What the character before or after a place is, as far as assertions and spaces ask. */
type Kind = "edge" | "word" | "other" | "space";

interface Place {
  readonly a: number;
  readonly b: number;
  readonly before: Kind;
  readonly from: Place | undefined;
  readonly point: number;
}

const SPACE = 32;
const LAST = 0x10ffff;
const WORD = /[\p{L}\p{N}\p{M}_]/u;
/** Longer texts persuade nobody; patterns are at most as long as their repetitions. */
const LONGEST = 200;

/** The shortest common text that `accepts`, or undefined where there is none or the budget is used up. */
export function commonText(
  a: PatternProgram,
  b: PatternProgram,
  budget: Budget,
  accepts: (text: string) => boolean,
): string | undefined {
  const start: Place = { a: SEARCHING, b: SEARCHING, before: "edge", from: undefined, point: 0 };
  const seen = new Set<string>([keyOf(start)]);
  let row: Place[] = [start];
  for (let length = 0; length <= LONGEST && row.length > 0; length++) {
    for (const place of row) {
      if (!ends(a, b, place)) continue;
      const text = textOf(place);
      if (accepts(text)) return text;
    }
    const next: Place[] = [];
    for (const place of row) {
      if (!advance(a, b, place, seen, next, budget)) return undefined;
    }
    row = next;
  }
  return undefined;
}

/** Whether both have matched if the text ends here. */
function ends(a: PatternProgram, b: PatternProgram, place: Place): boolean {
  if (place.before === "space" || place.before === "edge") return false;
  return reach(a, place.a, place.before, "edge").matched && reach(b, place.b, place.before, "edge").matched;
}

/** All places one character on; false where the budget is used up. */
function advance(
  a: PatternProgram,
  b: PatternProgram,
  place: Place,
  seen: Set<string>,
  next: Place[],
  budget: Budget,
): boolean {
  for (const kind of ["word", "other", "space"] as const) {
    if (kind === "space" && (place.before === "space" || place.before === "edge")) continue;
    const left = movesOf(a, place.a, place.before, kind);
    const right = movesOf(b, place.b, place.before, kind);
    budget.steps -= left.length * right.length + 1;
    if (budget.steps < 0) return false;
    for (const x of left) {
      for (const y of right) {
        const key = `${x.to} ${y.to} ${kind}`;
        if (seen.has(key)) continue;
        const point = pick(x.ranges, y.ranges, kind);
        if (point === undefined) continue;
        seen.add(key);
        next.push({ a: x.to, b: y.to, before: kind, from: place, point });
      }
    }
  }
  return true;
}

interface Move {
  readonly ranges: readonly number[];
  readonly to: number;
}

const ANY: readonly number[] = [0, LAST];

function movesOf(program: PatternProgram, at: number, before: Kind, after: Kind): readonly Move[] {
  if (at === MATCHED) return [{ ranges: ANY, to: MATCHED }];
  const { matched, waiting } = reach(program, at, before, after);
  // Behind a match everything may follow, so no other way can be shorter.
  if (matched) return [{ ranges: ANY, to: MATCHED }];
  const moves: Move[] = waiting.map((instr) => ({ ranges: instr[1], to: instr[2] }));
  return at === SEARCHING ? [...moves, { ranges: ANY, to: SEARCHING }] : moves;
}

interface Reached {
  readonly matched: boolean;
  readonly waiting: readonly Extract<PatternInstr, readonly ["ranges", ...unknown[]]>[];
}

/** What is reached without a character, between one of a kind and one of another. */
function reach(program: PatternProgram, at: number, before: Kind, after: Kind): Reached {
  if (at === MATCHED) return { matched: true, waiting: [] };
  const waiting: Extract<PatternInstr, readonly ["ranges", ...unknown[]]>[] = [];
  const seen = new Set<number>();
  const stack = [at === SEARCHING ? 0 : at];
  for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
    if (seen.has(pc)) continue;
    seen.add(pc);
    const instr = program[pc];
    if (instr?.[0] === "match") return { matched: true, waiting: [] };
    if (instr?.[0] === "ranges") waiting.push(instr);
    else if (instr?.[0] === "split") for (const to of instr[1]) stack.push(to);
    else if (instr?.[0] === "assert" && holds(instr[1], before, after)) stack.push(instr[2]);
  }
  return { matched: false, waiting };
}

function holds(assertion: "start" | "end" | "word" | "notWord", before: Kind, after: Kind): boolean {
  switch (assertion) {
    case "start":
      return before === "edge";
    case "end":
      return after === "edge";
    case "word":
      return (before === "word") !== (after === "word");
    case "notWord":
      return (before === "word") === (after === "word");
  }
}

// ---------------------------------------------------------------- characters

/** Friendly characters first: a witness is for people. */
const FRIENDLY: readonly number[] = [..."abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((c) =>
  sure(c.codePointAt(0)),
);
const FRIENDLY_OTHERS: readonly number[] = [..."-.,!?/:;'()+&@#%$*=_"].map((c) => sure(c.codePointAt(0)));
/** Characters of one range that are tried before it is given up. */
const TRIED = 64;

/** A character of a kind that stands in both sets. */
function pick(a: readonly number[], b: readonly number[], kind: Kind): number | undefined {
  if (kind === "space") return inSet(a, SPACE) && inSet(b, SPACE) ? SPACE : undefined;
  for (const point of kind === "word" ? FRIENDLY : FRIENDLY_OTHERS) {
    if (isOf(point, kind) && inSet(a, point) && inSet(b, point)) return point;
  }
  for (const [low, high] of common(a, b)) {
    for (let point = low; point <= high && point < low + TRIED; point++) {
      if (isOf(point, kind)) return point;
    }
  }
  return undefined;
}

function isOf(point: number, kind: Kind): boolean {
  if (point >= 0xd800 && point <= 0xdfff) return false;
  const text = String.fromCodePoint(point);
  // What the machine never sees: forms that are replaced by others, controls, white space.
  if (text.normalize("NFKC") !== text || /[\p{C}\s]/u.test(text)) return false;
  return WORD.test(text) === (kind === "word");
}

function inSet(set: readonly number[], point: number): boolean {
  for (let i = 0; i + 1 < set.length; i += 2) {
    if (point >= sure(set[i]) && point <= sure(set[i + 1])) return true;
  }
  return false;
}

function* common(a: readonly number[], b: readonly number[]): Iterable<readonly [low: number, high: number]> {
  let i = 0;
  let k = 0;
  while (i + 1 < a.length && k + 1 < b.length) {
    const low = Math.max(sure(a[i]), sure(b[k]));
    const high = Math.min(sure(a[i + 1]), sure(b[k + 1]));
    if (low <= high) yield [low, high];
    if (sure(a[i + 1]) < sure(b[k + 1])) i += 2;
    else k += 2;
  }
}

function keyOf({ a, b, before }: Place): string {
  return `${a} ${b} ${before}`;
}

function textOf(end: Place): string {
  const points: number[] = [];
  for (let place: Place | undefined = end; place?.from; place = place.from) points.push(place.point);
  return String.fromCodePoint(...points.reverse());
}
