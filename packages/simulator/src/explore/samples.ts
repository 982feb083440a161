/** Values of a type at its edges, the plainest first: what actions may answer, what events may bring, what people may write. */
import type { Machine, PatternDef, Value, ValueType } from "@parley/machine";
import { runPattern } from "@parley/machine";

/** How long texts are made at most: edges of longer ones are tested by the compiler's own proof of lengths. */
const LONGEST = 4_000;

/** @param now - Ms since 1970: dates lie around it. */
export function samplesOf(machine: Machine, type: ValueType, now: number): readonly Value[] {
  switch (type.t) {
    case "text":
      return unique(["a".slice(0, type.max), "W".repeat(Math.min(type.max, LONGEST))]);
    case "number":
      return [1, 0, -1, 1_000_000.5];
    case "range":
      return unique([type.min, type.max, Math.floor((type.min + type.max) / 2)]);
    case "bool":
      return [true, false];
    case "date":
      return [dayOf(now + 86_400_000), dayOf(now - 86_400_000)];
    case "time":
      return ["09:00", "23:59"];
    case "moment":
      return [now + 3 * 86_400_000, now + 3_600_000, now - 3_600_000];
    case "duration":
      return [3_600_000, 0];
    case "phone":
      return ["+393330000002"];
    case "url":
      return ["https://example.com/"];
    case "location":
      return [{ latitude: 45.46, longitude: 9.19, name: null, address: null }];
    case "enum":
      return Object.keys(machine.enums[type.name]?.cases ?? {});
    case "optional":
      return [...samplesOf(machine, type.of, now), null];
    case "list":
      return lists(samplesOf(machine, type.of, now), type.min, type.max);
    case "record":
      return records(machine, type.fields, now);
    default:
      return [];
  }
}

/** Of one, of all different elements, as long as it may be, and as short. */
function lists(elements: readonly Value[], min: number, max: number): readonly Value[] {
  const [first] = elements;
  if (first === undefined) return min === 0 ? [[]] : [];
  const of = (length: number): readonly Value[] =>
    Array.from({ length }, (_, i) => elements[i % elements.length] ?? first);
  const lengths = [Math.max(1, min), Math.min(max, Math.max(min, elements.length)), Math.min(max, 30), min];
  return [...new Set(lengths)].map(of);
}

/** Each field at each of its edges, the others plain: not the product of them all. */
function records(machine: Machine, fields: Readonly<Record<string, ValueType>>, now: number): readonly Value[] {
  const samples = Object.entries(fields).map(([name, type]) => [name, samplesOf(machine, type, now)] as const);
  if (samples.some(([, values]) => values.length === 0)) return [];
  const plain = Object.fromEntries(samples.map(([name, values]) => [name, values[0] ?? null]));
  return [plain, ...samples.flatMap(([name, values]) => values.slice(1).map((value) => ({ ...plain, [name]: value })))];
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

const KINDS: Readonly<Record<string, string>> = { d: "1", w: "a", s: " " };

/** A text that the pattern is found in; undefined where none was found by simple means. */
export function sampleOfPattern({ source, program }: PatternDef): string | undefined {
  const inner = source.replace(/^\//, "").replace(/\/i?$/, "");
  const plain = inner
    .replace(/^\^|\$$/g, "")
    .replace(/\\([dws])(?:[+*]|\{(\d+)[\d,]*\})?/g, (_, kind: string, times?: string) => repeat(KINDS[kind], times))
    .replace(/\[\^?([^\]])[^\]]*\](?:[+*?]|\{(\d+)[\d,]*\})?/g, (_, first: string, times?: string) =>
      repeat(first, times),
    )
    .replace(/\(\?:/g, "(")
    .replace(/\(([^()|]*)(?:\|[^()]*)?\)[*?+]?/g, "$1")
    .replace(/\\b/g, "")
    .replace(/([^\\])\{(\d+)[\d,]*\}/g, (_, before: string, times: string) => repeat(before, times))
    .replace(/(?<!\\)\./g, "a")
    .replace(/(?<!\\)[?*+]/g, "")
    .replace(/\\(.)/g, "$1");
  const candidates = [plain.split("|")[0] ?? "", inner, "a", "1", "yes"];
  return candidates.find((text) => text !== "" && runPattern(program, text));
}

function repeat(text = "", times = "1"): string {
  return text.repeat(Math.max(1, Number(times)));
}
