/**
 * When two worlds are the same to the explorer: they stand at the same places, and no condition of the machine tells their
 * values apart. Numbers count by where they lie among the numbers of the program, texts by whether there is one or which
 * of the program's it is, lists by how many there are.
 */
import type { Machine, Snapshot, Value, Wait } from "@parley/machine";
import type { World } from "./world.ts";

export interface Constants {
  /** In rising order. */
  readonly numbers: readonly number[];
  readonly texts: ReadonlySet<string>;
}

/** Numbers and texts that stand in the program's expressions. */
export function constantsOf({ flows, asks }: Machine): Constants {
  const numbers = new Set<number>([0]);
  const texts = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === "number") numbers.add(value);
    else if (typeof value === "string") texts.add(value);
    else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) visit(inner);
  };
  for (const { code } of Object.values(flows)) {
    for (const instr of code) {
      if (instr.op === "unless") visit(instr.condition);
      if (instr.op === "set" || instr.op === "match") visit(instr.value);
    }
  }
  for (const { prompt } of Object.values(asks)) visit(prompt);
  return { numbers: [...numbers].sort((a, b) => a - b), texts };
}

export function keyOf(world: World, constants: Constants): string {
  const { snapshot, call, timers, schedules } = world;
  return JSON.stringify([
    placesOf(snapshot),
    ageOf(world),
    world.isLate,
    valuesOf(snapshot, constants),
    call?.call,
    [...timers.keys()].sort(),
    [...schedules.keys()].sort(),
    Object.keys(snapshot?.pending ?? {}),
  ]);
}

const HALF_A_DAY = 12 * 3_600_000;

/** How long ago the user wrote, as far as it decides what may be sent. */
function ageOf({ now, snapshot }: World): number {
  return Math.min(2, Math.floor((now - (snapshot?.lastUserAt ?? 0)) / HALF_A_DAY));
}

/** Where the conversation stands, without what it knows. */
export function placesOf(snapshot: Snapshot | null): readonly unknown[] {
  const { conversation } = snapshot ?? {};
  if (!conversation) return [];
  const { frames, wait, interrupted } = conversation;
  return [frames.map(({ at }) => at), waitOf(wait), interrupted && [interrupted.by, interrupted.wait.id]];
}

function waitOf(wait: Wait): readonly unknown[] {
  return wait.kind === "ask"
    ? [wait.id, wait.wrong, wait.afters, wait.numbered, wait.gathered !== undefined]
    : [wait.kind, wait.id];
}

function valuesOf(snapshot: Snapshot | null, constants: Constants): unknown {
  const frames = snapshot?.conversation?.frames ?? [];
  return [
    snapshot?.locale,
    frames.map(({ vars, failure }) => [failure, abstract(vars, constants)]),
    abstract(snapshot?.profile, constants),
  ];
}

function abstract(value: Value | undefined, constants: Constants): unknown {
  if (value === undefined || value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return constants.texts.has(value) ? value : value === "" ? "" : "…";
  if (typeof value === "number") return region(value, constants.numbers);
  if (Array.isArray(value)) return [Math.min(value.length, 11), abstract(value[0], constants)];
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, abstract(inner, constants)]));
}

/** At a number of the program, or between which two. */
function region(value: number, numbers: readonly number[]): string {
  const above = numbers.findIndex((one) => one >= value);
  if (above < 0) return "most";
  return numbers[above] === value ? `=${value}` : `<${numbers[above]}`;
}
