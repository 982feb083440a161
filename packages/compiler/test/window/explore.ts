/**
 * Looks for the oldest message of the user at which each free-form message can go out: a search over what may happen, in
 * which of all runs that stand at the same place with the same things under way only those go on that are later than any
 * before. It is what the analysis of ages does, done with the machine itself.
 */
import { type Machine, prepare, type Snapshot } from "@parley/machine";
import { ageIn, FIRST, movesFrom, type Sent, take, tell, type World } from "./world.ts";

export interface Oldest {
  readonly age: number;
  readonly story: readonly string[];
}

export interface Search {
  /** Steps of the machine at most. */
  readonly budget: number;
  readonly salt: number;
  /** Places to come to one after the other: runs that are further on this way go first. */
  readonly way?: readonly string[];
  /** Told of each message that is older than the same one before; true ends the search. */
  readonly seen?: (sent: Sent, world: World) => boolean;
  /** Told of each step, with all texts that it sent and the places that it came by; true ends the search. */
  readonly stepped?: (
    world: World,
    bodies: readonly string[],
    story: () => readonly string[],
    been: readonly string[],
  ) => boolean;
}

/** How many runs go on from one place. */
const MOST_AT_ONE_PLACE = 30;
const MINUTE = 60_000;

type Gathered = NonNullable<Extract<NonNullable<Snapshot["conversation"]>["wait"], { kind: "ask" }>["gathered"]>;

interface Place {
  readonly best: number[];
  count: number;
}

/** By the message's text: how old the user's last message was at most. */
export function explore(
  machine: Machine,
  { budget, salt, seen, stepped, way = [] }: Search,
): ReadonlyMap<string, Oldest> {
  const prepared = prepare(machine);
  const words = wordsOf(machine);
  const events = Object.values(machine.flows).flatMap(({ triggers }) =>
    triggers.flatMap(({ on }) => (on.kind === "event" ? [on.name] : [])),
  );
  const oldest = new Map<string, Oldest>();
  const places = new Map<string, Place>();
  const queue = new Queue();
  queue.add({ visits: 0, world: FIRST, come: 0, age: -1 });
  let steps = 0;
  for (let run = queue.next(); run && steps < budget; run = queue.next()) {
    const { world, come } = run;
    for (const move of movesFrom(world, words, events)) {
      const { world: next, sent, places: been } = take(prepared, world, move, salt + (steps++ % 5));
      const bodies = sent.map(({ body }) => body);
      if (stepped?.(next, bodies, () => tell(next.story), been)) return oldest;
      for (const one of sent) {
        if (one.age <= (oldest.get(one.text)?.age ?? -1)) continue;
        oldest.set(one.text, { age: one.age, story: tell(next.story) });
        if (seen?.(one, next)) return oldest;
      }
      const now = been.reduce((at, place) => (way[at] === place ? at + 1 : at), come);
      const visits = visit(places, next, now);
      const age = ageIn(next);
      if (visits !== undefined) {
        queue.add({ visits, world: next, come: now, age: age === Number.POSITIVE_INFINITY ? -1 : age });
      }
    }
  }
  return oldest;
}

interface Run {
  readonly world: World;
  readonly visits: number;
  /** How many places of the way it has come to. */
  readonly come: number;
  readonly age: number;
}

/** In turn: the place that was seen least, the oldest message, the one that is furthest on its way, and the newest run. */
class Queue {
  readonly #waiting: Run[] = [];
  #turn = 0;

  add(run: Run): void {
    this.#waiting.push(run);
  }

  next(): Run | undefined {
    const waiting = this.#waiting;
    const better = ORDERS[this.#turn++ % ORDERS.length];
    let at = waiting.length - 1;
    if (better) {
      for (const [i, run] of waiting.entries()) if (better(run, waiting[at] ?? run)) at = i;
    }
    return waiting.splice(at, 1)[0];
  }
}

const ORDERS: readonly (((a: Run, b: Run) => boolean) | undefined)[] = [
  (a, b) => a.visits < b.visits,
  (a, b) => a.come > b.come || (a.come === b.come && a.visits < b.visits),
  (a, b) => a.age > b.age,
  (a, b) => a.come > b.come || (a.come === b.come && a.age > b.age),
  undefined,
];

function wordsOf({ flows }: Machine): readonly string[] {
  const triggers = Object.values(flows).flatMap(({ triggers: all }) =>
    all.flatMap(({ on }) => (on.kind === "text" ? on.texts : [])),
  );
  return [...new Set([...triggers, "xx", "usual", "hm", "5"])];
}

/** How many runs came to the same place before; undefined where this one is later in nothing than they, or one too many. */
function visit(places: Map<string, Place>, world: World, come: number): number | undefined {
  const key = `${come} ${keyOf(world)}`;
  const values = [Math.min(ageIn(world), 1e12), ...remaining(world)];
  const known = places.get(key);
  if (!known) {
    places.set(key, { best: values, count: 1 });
    return 0;
  }
  if (known.count >= MOST_AT_ONE_PLACE || !values.some((v, i) => v > (known.best[i] ?? -1) + MINUTE)) return undefined;
  values.forEach((v, i) => {
    known.best[i] = Math.max(v, known.best[i] ?? v);
  });
  return known.count++;
}

function remaining({ now, timers, schedules }: World): readonly number[] {
  return [
    ...[...timers].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { at }]) => at - now),
    ...[...schedules.values()].map((at) => at - now),
  ];
}

function keyOf({ snapshot, timers, schedules, action, held }: World): string {
  const parts: unknown[] = [[...timers.keys()].toSorted(), [...schedules.keys()], action?.effect.call, held.length];
  parts.push(Object.keys(snapshot?.pending ?? {}));
  const { conversation } = snapshot ?? {};
  if (!conversation) return JSON.stringify(parts);
  const { frames, wait, interrupted } = conversation;
  parts.push(
    frames.map(({ at }) => at),
    wait.kind === "ask" ? [wait.id, wait.afters, Math.min(wait.wrong, 2), partsIn(wait)] : wait.id,
  );
  for (let below = interrupted; below; below = below.interrupted) {
    parts.push(
      below.by,
      below.frames.map(({ at }) => at),
      below.fell !== undefined,
    );
    if (below.wait.kind === "ask") parts.push(below.wait.afters, partsIn(below.wait));
  }
  return JSON.stringify(parts);
}

/** As far as it decides whether what is gathered is an answer. */
function partsIn({ gathered }: { readonly gathered?: Gathered }): readonly unknown[] {
  return gathered ? [JSON.stringify(gathered.parts).slice(0, 8), gathered.done] : [];
}
