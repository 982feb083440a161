/**
 * Runs a pattern: a simulation of a Thompson machine, all threads at once, so that the time is linear in the text
 * (times the size of the pattern), whatever both are.
 */
import type { PatternProgram } from "../format.ts";

/** Whether the pattern is found anywhere in `text`. */
export function runPattern(program: PatternProgram, text: string): boolean {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  let threads: number[] = [];
  const seen = new Uint32Array(program.length);
  for (let i = 0; i <= points.length; i++) {
    const found = closure(program, points, i, [...threads, 0], seen);
    if (!found) return true;
    const point = points[i];
    threads = point === undefined ? [] : advance(program, found, point);
  }
  return false;
}

/** The threads that wait for a character, reached from `starts` at position `i`; null where one has matched. */
function closure(
  program: PatternProgram,
  points: readonly number[],
  i: number,
  starts: readonly number[],
  seen: Uint32Array,
): number[] | null {
  const stack = starts.toReversed();
  const waiting: number[] = [];
  while (stack.length > 0) {
    const at = stack.pop() ?? 0;
    if (seen[at] === i + 1) continue;
    seen[at] = i + 1;
    const instr = program[at];
    switch (instr?.[0]) {
      case "match":
        return null;
      case "ranges":
        waiting.push(at);
        break;
      case "split":
        for (let k = instr[1].length - 1; k >= 0; k--) stack.push(instr[1][k] ?? 0);
        break;
      case "assert":
        if (holds(instr[1], points, i)) stack.push(instr[2]);
        break;
      case undefined:
        break;
      default:
        instr satisfies never;
    }
  }
  return waiting;
}

function advance(program: PatternProgram, threads: readonly number[], point: number): number[] {
  const next: number[] = [];
  for (const at of threads) {
    const instr = program[at];
    if (instr?.[0] === "ranges" && inRanges(instr[1], point)) next.push(instr[2]);
  }
  return next;
}

function inRanges(ranges: readonly number[], point: number): boolean {
  for (let i = 0; i + 1 < ranges.length; i += 2)
    if (point >= (ranges[i] ?? 0) && point <= (ranges[i + 1] ?? -1)) return true;
  return false;
}

function holds(assertion: "start" | "end" | "word" | "notWord", points: readonly number[], i: number): boolean {
  switch (assertion) {
    case "start":
      return i === 0;
    case "end":
      return i === points.length;
    case "word":
      return isWord(points[i - 1]) !== isWord(points[i]);
    case "notWord":
      return isWord(points[i - 1]) === isWord(points[i]);
    default:
      return assertion satisfies never;
  }
}

const WORD_CHARACTER = /[\p{L}\p{N}\p{M}_]/u;

function isWord(point: number | undefined): boolean {
  return point !== undefined && WORD_CHARACTER.test(String.fromCodePoint(point));
}
