/** The fewest ways that go through all that no test has gone through, as tests. */
import { type Machine, prepare } from "@parley/machine";
import type { Doing } from "../record/doing.ts";
import { holdConversation } from "../record/hold.ts";
import { type Counter, type Coverage, countTrace, createCounter } from "../run/coverage.ts";
import { inputsAt, play } from "./input.ts";
import type { Exploration, ExploreOptions, Path } from "./walk.ts";
import { NEW_WORLD } from "./world.ts";

export interface Suggestion {
  readonly title: string;
  /** A `test` declaration. */
  readonly text: string;
  /** What it goes through that nothing else did, as `kind id`. */
  readonly items: readonly string[];
}

export interface Suggestions {
  readonly tests: readonly Suggestion[];
  /** What was reached in a way that a test has no words for. */
  readonly unsaid: readonly string[];
}

/** @param covered - What the tests that there are go through. */
export async function suggestTests(
  options: ExploreOptions,
  { ways }: Pick<Exploration, "ways">,
  covered: Coverage | undefined,
): Promise<Suggestions> {
  const missing = new Set(ways.keys());
  for (const { kind, id, count } of covered?.items ?? []) if (count > 0) missing.delete(`${kind} ${id}`);
  const tests: Suggestion[] = [];
  const unsaid: string[] = [];
  // The longest first: it goes through what shorter ones go through.
  const shortest = (item: string): number => ways.get(item)?.[0]?.length ?? 0;
  for (const item of [...missing].sort((a, b) => shortest(b) - shortest(a))) {
    if (!missing.has(item)) continue;
    const said = await say(options, item, ways.get(item) ?? []);
    missing.delete(item);
    if (!said) {
      unsaid.push(item);
      continue;
    }
    const items = itemsOf(options, said.path).filter((one) => one === item || missing.delete(one));
    tests.push({ title: titleOf(item), text: said.text, items });
  }
  return { tests, unsaid };
}

/** The first of the ways that can be said as a test. */
async function say(
  { machine, env }: ExploreOptions,
  item: string,
  ways: readonly Path[],
): Promise<{ readonly path: Path; readonly text: string } | undefined> {
  const flow = flowOf(machine, item);
  const more = { ...(env ? { env } : {}), ...(flow === undefined ? {} : { flow }) };
  for (const way of ways) {
    const path = answered({ machine, ...(env ? { env } : {}) }, way);
    const held = await holdConversation({ machine, title: titleOf(item), doings: doingsOf(path), ...more });
    if (held.unsaid === undefined) return { path, text: held.text };
  }
  return undefined;
}

/** With plain answers of the actions that run at its end: a test has to say them. */
function answered({ machine, env = {} }: ExploreOptions, way: Path): Path {
  const stepper = { machine: prepare(machine), env };
  const path = [...way];
  let world = way.reduce((before, input) => play(stepper, before, input).world, NEW_WORLD);
  while (world.call) {
    const [input] = inputsAt(machine, world);
    if (!input) break;
    path.push(input);
    world = play(stepper, world, input).world;
  }
  return path;
}

function itemsOf({ machine, env = {} }: ExploreOptions, path: Path): readonly string[] {
  const counter: Counter = createCounter(machine);
  const stepper = { machine: prepare(machine), env };
  const items = new Set<string>();
  let world = NEW_WORLD;
  for (const input of path) {
    const turned = play(stepper, world, input);
    for (const item of countTrace(counter, turned.trace)) items.add(item);
    world = turned.world;
  }
  return [...items];
}

function doingsOf(path: Path): readonly Doing[] {
  return path.flatMap((input): readonly Doing[] => {
    if (input.kind === "turnsPage") return [];
    return input.kind === "taps" ? [{ kind: "taps", ask: input.ask, option: input.option }] : [input];
  });
}

function flowOf(machine: Machine, item: string): string | undefined {
  const flow = /^\w+ (\w+)/.exec(item)?.[1];
  return flow !== undefined && Object.hasOwn(machine.flows, flow) ? flow : undefined;
}

const WHAT: Readonly<Record<string, (id: string) => string>> = {
  state: (id) => `it comes to ${id}`,
  ask: (id) => `it asks ${id}`,
  option: (id) => `somebody chooses ${id}`,
  else: (id) => `a wrong answer to ${id}`,
  after: (id) => `nobody answers: ${id}`,
  failure: (id) => `an action fails: ${id}`,
};

function titleOf(item: string): string {
  const cut = item.indexOf(" ");
  const [kind, id] = [item.slice(0, cut), item.slice(cut + 1)];
  return WHAT[kind]?.(id) ?? item;
}
