/** Takes a batch of arrivals in one transaction: keys, locks, load, the handler for each, and what it wrote at once. */
import type { Arrival, Decision, Find, Handler, Loaded, Outcome } from "../../store.ts";
import { load } from "../memory/load.ts";
import { memoryPeople } from "../memory/people.ts";
import { rollBack, type State } from "../memory/state.ts";
import { write } from "../memory/write.ts";
import type { People } from "../people.ts";
import { text } from "../rows.ts";
import { type Database, isDataError, type Query } from "./database.ts";
import { flush, remembered } from "./flush.ts";
import { type Locked, lockContacts, type Named, namedBy } from "./locks.ts";
import type { Learned } from "./machines.ts";
import { mergeContacts } from "./merge.ts";
import { plain } from "./plain.ts";
import { loadWorkingSet } from "./working-set.ts";

/** Thrown through the handling of an arrival whose contact turns out to be two. */
class MergeSignal extends Error {
  readonly from: string;
  readonly to: string;
  constructor(from: string, to: string) {
    super("two contacts are one person");
    this.from = from;
    this.to = to;
  }
}

interface Batch {
  readonly query: Query;
  readonly storeId: string;
  readonly arrivals: readonly Arrival[];
  readonly named: Named;
  readonly locked: Locked;
  state: State;
  /** The tables as the database has them. */
  saved: ReturnType<typeof remembered>;
}

function plainStrings<T extends object>(value: T): T {
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => {
    if (typeof inner === "string") return [key, plain(inner)] as const;
    return [key, typeof inner === "object" && inner !== null ? plainStrings(inner) : inner] as const;
  });
  return Object.fromEntries(entries) as T;
}

function plainArrival(arrival: Arrival): Arrival {
  return { ...arrival, find: plainStrings<Find>(arrival.find) };
}

/** Remembers the keys; gives those that are new. Who remembers the same ones at this moment is waited for. */
async function remember(query: Query, arrivals: readonly Arrival[]): Promise<ReadonlySet<string>> {
  const keys = arrivals.flatMap(({ dedupe, now }) => (dedupe === undefined ? [] : [{ key: dedupe, at: now }]));
  if (keys.length === 0) return new Set();
  const rows = await query.all(
    `INSERT INTO parley.dedupe SELECT decode(key, 'hex'), min(at)
    FROM json_to_recordset($1::json) AS r(key text, at bigint) GROUP BY key ORDER BY key
    ON CONFLICT DO NOTHING RETURNING encode(key, 'hex') AS key`,
    JSON.stringify(keys),
  );
  return new Set(rows.map((row) => text(row, "key")));
}

/** Which arrivals are no duplicates: of a key that comes twice in the batch, the first. */
function fresh(arrivals: readonly Arrival[], keys: ReadonlySet<string>): readonly boolean[] {
  const left = new Set(keys);
  return arrivals.map(({ dedupe }) => dedupe === undefined || left.delete(dedupe.toLowerCase()));
}

function people(state: State): People {
  return {
    ...memoryPeople(state),
    merge: (from, to) => {
      throw new MergeSignal(from, to);
    },
  };
}

function apply<T>(state: State, contact: string, { writes, result }: Decision<T>): T {
  for (const change of writes) write(state, contact, change);
  return result;
}

function poison<T>(state: State, loaded: Loaded, index: number, handler: Handler<T>, error: unknown): Outcome<T> {
  const decision = handler.poison(index, loaded, error);
  return { kind: "poison", result: apply(state, loaded.contact?.id ?? "", decision) };
}

function take<T>(state: State, loaded: Loaded, index: number, handler: Handler<T>): Outcome<T> {
  const savepoint = state.undo.length;
  try {
    return { kind: "done", result: apply(state, loaded.contact?.id ?? "", handler.run(index, loaded)) };
  } catch (error) {
    rollBack(state, savepoint);
    return poison(state, loaded, index, handler, error);
  }
}

async function save(batch: Batch): Promise<void> {
  await flush(batch.query, batch.storeId, batch.saved, batch.state);
}

async function reload(batch: Batch): Promise<void> {
  const { query, storeId, arrivals, named, locked } = batch;
  const rows = await query.all("SELECT * FROM parley.contact WHERE id = ANY ($1::text[])", [
    ...new Set([...locked.ids, ...batch.state.contacts.keys()]),
  ]);
  const ids = rows.map((row) => text(row, "id"));
  batch.state = await loadWorkingSet(query, storeId, arrivals, named, { rows, ids });
  batch.saved = remembered(batch.state);
}

/** Loads for one arrival, merging contacts where it shows that they are one person. */
async function find(batch: Batch, arrival: Arrival): Promise<Loaded> {
  for (;;) {
    try {
      return load(batch.state, arrival, people(batch.state));
    } catch (signal) {
      if (!(signal instanceof MergeSignal)) throw signal;
      await save(batch);
      await mergeContacts(batch.query, signal.from, signal.to);
      await reload(batch);
    }
  }
}

/** The arrival alone, so that values which the database refuses undo it alone. */
async function takeApart<T>(batch: Batch, index: number, arrival: Arrival, handler: Handler<T>): Promise<Outcome<T>> {
  const { query } = batch;
  await query.run("SAVEPOINT arrival");
  let outcome: Outcome<T>;
  try {
    outcome = take(batch.state, await find(batch, arrival), index, handler);
    await save(batch);
  } catch (error) {
    if (!isDataError(error)) throw error;
    await query.run("ROLLBACK TO SAVEPOINT arrival");
    await reload(batch);
    outcome = poison(batch.state, await find(batch, arrival), index, handler, error);
    await save(batch);
  }
  await query.run("RELEASE SAVEPOINT arrival");
  await reload(batch);
  return outcome;
}

interface Work<T> {
  readonly storeId: string;
  readonly arrivals: readonly Arrival[];
  readonly handler: Handler<T>;
  readonly learned: Learned;
  /** One by one. */
  readonly apart: boolean;
}

async function begin<T>(query: Query, { storeId, arrivals, learned }: Work<T>): Promise<Batch> {
  const named = namedBy(storeId, arrivals);
  const locked = await lockContacts(query, named);
  await learned.from(query, locked.rows);
  const state = await loadWorkingSet(query, storeId, arrivals, named, locked);
  return { query, storeId, arrivals, named, locked, state, saved: remembered(state) };
}

async function run<T>(query: Query, work: Work<T>): Promise<readonly Outcome<T>[]> {
  const { arrivals, handler, apart } = work;
  const isNew = fresh(arrivals, await remember(query, arrivals));
  const batch = await begin(query, { ...work, arrivals: arrivals.filter((_arrival, index) => isNew[index]) });
  const outcomes: Outcome<T>[] = [];
  for (const [index, arrival] of arrivals.entries())
    if (!isNew[index]) outcomes.push({ kind: "duplicate" });
    else if (apart) outcomes.push(await takeApart(batch, index, arrival, handler));
    else outcomes.push(take(batch.state, await find(batch, arrival), index, handler));
  await save(batch);
  return outcomes;
}

export async function ingest<T>(
  db: Database,
  storeId: string,
  learned: Learned,
  given: readonly Arrival[],
  handler: Handler<T>,
): Promise<readonly Outcome<T>[]> {
  if (given.length === 0) return [];
  const work = { storeId, arrivals: given.map(plainArrival), handler, learned };
  try {
    return await db.transaction((query) => run(query, { ...work, apart: false }));
  } catch (error) {
    if (!isDataError(error)) throw error;
    return db.transaction((query) => run(query, { ...work, apart: true }));
  }
}
