/** Sets of code points, as patterns need them. */
import { sure } from "./sure.ts";

/** Inclusive pairs, sorted, apart from each other. */
export type CodePoints = readonly number[];

const LAST = 0x10ffff;

export const digits: CodePoints = [48, 57];
export const words: CodePoints = [48, 57, 65, 90, 95, 95, 97, 122];
/** White space and line ends of ECMAScript. */
export const spaces: CodePoints = [
  9, 13, 32, 32, 160, 160, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000,
  0x3000, 0xfeff, 0xfeff,
];
/** `.`: everything but line ends. */
export const anything: CodePoints = [0, 9, 11, 12, 14, 0x2027, 0x202a, LAST];

export function union(a: CodePoints, b: CodePoints): CodePoints {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return normalized([...pairs(a), ...pairs(b)]);
}

export function complement(set: CodePoints): CodePoints {
  const out: number[] = [];
  let from = 0;
  for (const [low, high] of pairs(set)) {
    if (low > from) out.push(from, low - 1);
    from = high + 1;
  }
  if (from <= LAST) out.push(from, LAST);
  return out;
}

type Pair = readonly [low: number, high: number];

function pairs(set: CodePoints): Pair[] {
  const out: Pair[] = [];
  for (let i = 0; i < set.length; i += 2) out.push([set[i] as number, set[i + 1] as number]);
  return out;
}

function normalized(ranges: Pair[]): CodePoints {
  ranges.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [low, high] of ranges) {
    const last = out.at(-1);
    if (last !== undefined && low <= last + 1) out[out.length - 1] = Math.max(last, high);
    else out.push(low, high);
  }
  return out;
}

// ---------------------------------------------------------------- Unicode properties

const knownProperties = new Map<string, CodePoints>();

/** The set of `\p{…}`; JavaScript's own tables say what is in it. */
export function propertySet(property: string): CodePoints {
  const known = knownProperties.get(property);
  if (known !== undefined) return known;
  const runs = new RegExp(`\\p{${property}}+`, "gu");
  const ranges: Pair[] = [];
  for (let from = 0; from <= LAST; from += 0x1000) {
    // No surrogates: two halves that are no pair would become one in the string.
    if (from >= 0xd800 && from <= 0xdfff) continue;
    const text = String.fromCodePoint(
      ...Array.from({ length: 0x1000 }, (_, i) => from + i).filter((c) => c < 0xd800 || c > 0xdfff),
    );
    for (const run of text.matchAll(runs)) {
      const low = run[0].codePointAt(0) as number;
      ranges.push([low, low + [...run[0]].length - 1]);
    }
  }
  const set = normalized(ranges);
  knownProperties.set(property, set);
  return set;
}

// ---------------------------------------------------------------- case

/** The set with every character in its other cases, as the flags `iu` compare. */
export function foldCase(set: CodePoints): CodePoints {
  const extra: Pair[] = [];
  const highest = sure(set.at(-1));
  const others = highest < 128 ? asciiCases(set) : casesOf(set);
  for (const c of others) extra.push([c, c]);
  return extra.length === 0 ? set : normalized([...pairs(set), ...extra]);
}

/** Outside ASCII only the long s and the Kelvin sign fold into it. */
function asciiCases(set: CodePoints): number[] {
  const out: number[] = [];
  for (const [low, high] of pairs(set)) {
    for (let c = Math.max(low, 65); c <= Math.min(high, 122); c++) {
      const lower = c | 32;
      if (lower < 97 || lower > 122 || (c > 90 && c < 97)) continue;
      out.push(lower, lower - 32);
      if (lower === 115) out.push(0x17f);
      if (lower === 107) out.push(0x212a);
    }
  }
  return out;
}

function casesOf(set: CodePoints): number[] {
  return caseGroups()
    .filter((group) => group.some((c) => contains(set, c)))
    .flat();
}

function contains(set: CodePoints, c: number): boolean {
  let low = 0;
  let high = set.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[2 * middle + 1] as number) < c) low = middle + 1;
    else high = middle;
  }
  return 2 * low < set.length && (set[2 * low] as number) <= c;
}

let groups: readonly (readonly number[])[] | undefined;

/** Characters that differ in case only, together. */
function caseGroups(): readonly (readonly number[])[] {
  if (groups !== undefined) return groups;
  const byKey = new Map<number, number[]>();
  // The last character with case is in the Adlam block.
  for (let c = 65; c <= 0x1e943; c++) {
    const text = String.fromCodePoint(c);
    if (c === 0x130 || c === 0x131 || (text.toUpperCase() === text && text.toLowerCase() === text)) continue;
    const key = caseKey(text, c);
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [c]);
    else group.push(c);
  }
  groups = [...byKey.values()].filter((group) => group.length > 1);
  return groups;
}

/** One character for all that differ from it in case only. */
function caseKey(text: string, c: number): number {
  const upper = single(text.toUpperCase()) ?? c;
  return single(String.fromCodePoint(upper).toLowerCase()) ?? upper;
}

function single(text: string): number | undefined {
  const c = text.codePointAt(0);
  return c !== undefined && String.fromCodePoint(c) === text ? c : undefined;
}
