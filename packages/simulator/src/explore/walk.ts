/**
 * Walks a machine's conversations from the first message on, breadth first, and checks after every step what must hold of
 * any: WhatsApp takes each message, none goes out when the window is closed, a snapshot that was written and read again
 * gives the same, and from everywhere something leads on.
 */
import { type Machine, prepare, type Snapshot, type Trace } from "@parley/machine";
import { validateMessage } from "@parley/whatsapp";
import { type Counter, type Coverage, countTrace, coverageOf, createCounter } from "../run/coverage.ts";
import { type Input, inputsAt, play } from "./input.ts";
import { type Constants, constantsOf, keyOf, placesOf } from "./key.ts";
import { NEW_WORLD, type Sent, type Stepper, type Turned, WINDOW, type World } from "./world.ts";

export interface ExploreOptions {
  readonly machine: Machine;
  readonly env?: Readonly<Record<string, string>>;
  /** How many steps are tried at most; default 60,000. */
  readonly steps?: number;
  /** How many worlds that differ in values alone are followed from one place; default 60. */
  readonly perPlace?: number;
  /** Told of each snapshot that is new in what conditions can tell apart. */
  readonly onSnapshot?: (snapshot: Snapshot) => void;
}

/** What was done, the first input first. */
export type Path = readonly Input[];

export interface Problem {
  readonly kind: "refused" | "window" | "round-trip" | "stuck" | "failed";
  readonly message: string;
  readonly path: Path;
}

export interface Exploration {
  readonly coverage: Coverage;
  /** Some ways to each item that was reached, by `kind id`, a shortest one first. */
  readonly ways: ReadonlyMap<string, readonly Path[]>;
  readonly problems: readonly Problem[];
  readonly steps: number;
  /** Worlds that conditions tell apart. */
  readonly worlds: number;
  /** The bounds ended it before everything was tried. */
  readonly isCut: boolean;
}

interface Node {
  readonly world: World;
  readonly input: Input | undefined;
  readonly before: Node | undefined;
}

interface Walk {
  readonly stepper: Stepper;
  readonly machine: Machine;
  readonly constants: Constants;
  readonly counter: Counter;
  readonly ways: Map<string, Node[]>;
  readonly problems: Map<string, Problem>;
  readonly seen: Set<string>;
  readonly perPlace: Map<string, number>;
  /** Places that something else was reached from. */
  readonly left: Set<string>;
  steps: number;
  isCut: boolean;
}

export function explore(options: ExploreOptions): Exploration {
  const { machine, env = {}, steps: most = 60_000, perPlace = 60 } = options;
  const walk: Walk = {
    stepper: { machine: prepare(machine), env },
    machine,
    constants: constantsOf(machine),
    counter: createCounter(machine),
    ways: new Map(),
    problems: new Map(),
    seen: new Set(),
    perPlace: new Map(),
    left: new Set(),
    steps: 0,
    isCut: false,
  };
  const queue: Node[] = [{ world: NEW_WORLD, input: undefined, before: undefined }];
  const stood = new Map<string, Node>();
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at] as Node;
    const place = placeKey(node.world);
    if (node.world.snapshot?.conversation) stood.set(place, stood.get(place) ?? node);
    for (const input of inputsAt(machine, node.world)) {
      if (walk.steps >= most) {
        walk.isCut = true;
        break;
      }
      const next = goOn(walk, node, input);
      if (!next) continue;
      if (placeKey(next.world) !== place) walk.left.add(place);
      if (!isNew(walk, next.world, perPlace)) continue;
      queue.push(next);
      if (next.world.snapshot) options.onSnapshot?.(next.world.snapshot);
    }
    if (walk.isCut) break;
  }
  if (!walk.isCut)
    for (const [place, node] of stood)
      if (!walk.left.has(place))
        problem(walk, "stuck", `nothing leads on from ${node.world.snapshot?.conversation?.wait.id}`, node);
  return {
    coverage: coverageOf(walk.counter),
    ways: new Map([...walk.ways].map(([item, nodes]) => [item, nodes.map(pathTo)])),
    problems: [...walk.problems.values()],
    steps: walk.steps,
    worlds: walk.seen.size,
    isCut: walk.isCut,
  };
}

function placeKey({ snapshot, call }: World): string {
  return JSON.stringify([placesOf(snapshot), call?.call]);
}

function isNew(walk: Walk, world: World, most: number): boolean {
  const key = keyOf(world, walk.constants);
  if (walk.seen.has(key)) return false;
  const place = placeKey(world);
  const count = walk.perPlace.get(place) ?? 0;
  if (count >= most) {
    return false;
  }
  walk.perPlace.set(place, count + 1);
  walk.seen.add(key);
  return true;
}

function goOn(walk: Walk, before: Node, input: Input): Node | undefined {
  walk.steps += 1;
  let turned: Turned;
  try {
    turned = play(walk.stepper, before.world, input);
  } catch (error) {
    problem(walk, "failed", error instanceof Error ? error.message : String(error), {
      world: before.world,
      input,
      before,
    });
    return undefined;
  }
  const node: Node = { world: turned.world, input, before };
  note(walk, node, turned.trace);
  for (const sent of turned.sent) checkSent(walk, node, sent);
  checkRoundTrip(walk, node);
  return node;
}

/** Ways that are kept to one item: not every one can be said as a test. */
const WAYS = 8;

/** Counts what was reached, and keeps the first ways to it, which are the shortest. */
function note(walk: Walk, node: Node, trace: readonly Trace[]): void {
  for (const item of countTrace(walk.counter, trace)) {
    const ways = walk.ways.get(item) ?? [];
    if (ways.length < WAYS) walk.ways.set(item, [...ways, node]);
  }
}

function checkSent(walk: Walk, node: Node, sent: Sent): void {
  const { now, snapshot } = node.world;
  const checked = validateMessage(sent.message);
  if (!checked.ok) problem(walk, "refused", `WhatsApp refuses ${sent.of}: ${checked.errors[0].details}`, node);
  const age = now - (snapshot?.lastUserAt ?? Number.NEGATIVE_INFINITY);
  if (sent.window && age >= WINDOW)
    problem(walk, "window", `${sent.of} goes out ${Math.round(age / 3_600_000)} h after the user wrote`, node);
}

/** What was written to a store and read again must go on as if it had not been. */
function checkRoundTrip(walk: Walk, { world, input, before }: Node): void {
  const { snapshot } = world;
  if (!snapshot) return;
  const read: unknown = JSON.parse(JSON.stringify(snapshot));
  if (!same(read, snapshot)) problem(walk, "round-trip", "the snapshot is not plain JSON", { world, input, before });
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [names, others] = [Object.keys(a), Object.keys(b)];
  return (
    names.length === others.length &&
    names.every((name) => Object.hasOwn(b, name) && same(a[name as keyof typeof a], b[name as keyof typeof b]))
  );
}

function problem(walk: Walk, kind: Problem["kind"], message: string, node: Node): void {
  const key = `${kind} ${message}`;
  if (!walk.problems.has(key)) walk.problems.set(key, { kind, message, path: pathTo(node) });
}

function pathTo(node: Node): Path {
  const path: Input[] = [];
  for (let one: Node | undefined = node; one; one = one.before) if (one.input) path.push(one.input);
  return path.reverse();
}
