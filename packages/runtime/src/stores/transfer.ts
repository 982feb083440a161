/**
 * A whole store as JSON lines, to be carried into another one: a head with the store's id, a line for each row, and the
 * counts at the end, so that a file that was cut off is known as such. Send ids stay what they are: statuses of messages
 * that are under way find them.
 */
import type { Machine, Snapshot } from "@parley/machine";
import { StoreError, StoreFormatError } from "../errors.ts";
import type { Row } from "./rows.ts";

interface Table {
  /** What rows are read in the order of. */
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

export type TableName =
  | "machine"
  | "contact"
  | "alias"
  | "dedupe"
  | "send"
  | "timer"
  | "action"
  | "copy"
  | "held"
  | "filed";

/** In an order in which rows may refer to those before them. The columns are called the same in all databases. */
export const TABLES: Readonly<Record<TableName, Table>> = {
  machine: { key: ["hash"], columns: ["hash", "json"] },
  contact: {
    key: ["id"],
    columns: ["id", "phone", "user_id", "name", "apology_at", "snapshot", "machine", "last_user_at"],
  },
  alias: { key: ["alias"], columns: ["alias", "contact"] },
  dedupe: { key: ["key"], columns: ["key", "at"] },
  send: {
    key: ["seq"],
    columns: [
      ...["seq", "contact", "turn", "idx", "last", "body", "window_ms", "policy", "of", "ask", "conversation", "at"],
      ...["state", "attempt", "due", "wamid", "error", "life_ms", "silent", "trace"],
    ],
  },
  timer: {
    key: ["contact", "kind", "name"],
    columns: ["contact", "kind", "name", "armed", "due", "ms", "turn", "args", "trace"],
  },
  action: {
    key: ["seq"],
    columns: [
      ...["seq", "id", "contact", "call", "armed", "action", "args", "timeout_ms", "once", "at", "state", "trace"],
    ],
  },
  copy: { key: ["seq"], columns: ["seq", "contact", "conversation", "turn", "json"] },
  held: { key: ["seq"], columns: ["seq", "contact", "event"] },
  filed: { key: ["id"], columns: ["id", "kind", "reason", "at", "event", "contact"] },
};

export const TABLE_NAMES: readonly TableName[] = Object.keys(TABLES) as TableName[];

export type Counts = Readonly<Record<TableName, number>>;

/** A store that no bot has open. Bytes are hex digits in its rows. */
export interface Archive {
  readonly storeId: () => Promise<string>;
  /** The rows behind the one with this key, at most so many. */
  readonly page: (table: TableName, after: readonly unknown[] | undefined, limit: number) => Promise<readonly Row[]>;
  /** All of it durably, or nothing; rejects with `StoreError` where the store is not empty. */
  readonly fill: (storeId: string, rows: AsyncIterable<Batch>) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface Batch {
  readonly table: TableName;
  readonly rows: readonly Row[];
}

const FORMAT = 1;
const PAGE = 1_000;

async function* tableRows(archive: Archive, table: TableName): AsyncGenerator<Row> {
  let after: readonly unknown[] | undefined;
  for (;;) {
    const rows = await archive.page(table, after, PAGE);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = TABLES[table].key.map((column) => last[column]);
  }
}

/** The store as lines of JSON, without their ends. */
export async function* exportLines(archive: Archive): AsyncGenerator<string, Counts> {
  yield JSON.stringify({ parleyStore: FORMAT, id: await archive.storeId() });
  const counts = noRows();
  for (const table of TABLE_NAMES)
    for await (const row of tableRows(archive, table)) {
      counts[table] += 1;
      yield JSON.stringify([table, ...TABLES[table].columns.map((column) => row[column] ?? null)]);
    }
  yield JSON.stringify({ counts });
  return counts;
}

function parsed(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new StoreFormatError(`line ${number} is no JSON: the file was cut off or changed`, { cause: error });
  }
}

function rowOf(value: readonly unknown[], number: number): { readonly table: TableName; readonly row: Row } {
  const table = value[0] as TableName;
  const columns = Object.hasOwn(TABLES, table) ? TABLES[table].columns : undefined;
  if (columns?.length !== value.length - 1)
    throw new StoreFormatError(`line ${number} is no row that this version knows`);
  return { table, row: Object.fromEntries(columns.map((column, index) => [column, value[index + 1]])) };
}

function checkCounts(expected: unknown, counts: Counts): void {
  const wrong = TABLE_NAMES.filter((table) => (expected as Counts | undefined)?.[table] !== counts[table]);
  if (wrong.length > 0) throw new StoreFormatError(`the file does not hold all rows of ${wrong.join(", ")}`);
}

/** Batches of rows; throws where the end is not there or does not count as many. */
async function* batches(lines: AsyncIterator<string>, counts: Record<TableName, number>): AsyncGenerator<Batch> {
  let batch: { table: TableName; rows: Row[] } | undefined;
  for (let number = 2; ; number++) {
    const next = await lines.next();
    if (next.done) throw new StoreFormatError("the file has no end: it was cut off");
    const value = parsed(next.value, number);
    if (!Array.isArray(value)) {
      checkCounts((value as { counts?: unknown }).counts, counts);
      if (batch) yield batch;
      return;
    }
    const { table, row } = rowOf(value, number);
    counts[table] += 1;
    if (batch && (batch.table !== table || batch.rows.length === PAGE)) {
      yield batch;
      batch = undefined;
    }
    batch ??= { table, rows: [] };
    batch.rows.push(row);
  }
}

async function countRows(archive: Archive, table: TableName): Promise<number> {
  let there = 0;
  const rows = tableRows(archive, table);
  while (!(await rows.next()).done) there += 1;
  return there;
}

/** The id of the store; throws `StoreFormatError` where the lines do not begin as an export does. */
async function storeOf(lines: AsyncIterator<string>): Promise<string> {
  const first = await lines.next();
  const head = (first.done ? {} : parsed(first.value, 1)) as { parleyStore?: unknown; id?: unknown };
  if (head.parleyStore !== FORMAT || typeof head.id !== "string" || !/^[0-9a-z]{1,20}$/.test(head.id))
    throw new StoreFormatError("this is no export of a store, or one of another version");
  return head.id;
}

function noRows(): Record<TableName, number> {
  return Object.fromEntries(TABLE_NAMES.map((table) => [table, 0])) as Record<TableName, number>;
}

/** What is remembered of each contact of an export, with the machine that wrote it where that is kept. */
export async function* storedSnapshots(
  lines: AsyncIterable<string>,
): AsyncGenerator<{ readonly snapshot: Snapshot; readonly machine: Machine | undefined }> {
  const iterator = lines[Symbol.asyncIterator]();
  await storeOf(iterator);
  const machines = new Map<unknown, Machine>();
  for await (const { table, rows } of batches(iterator, noRows())) {
    for (const { hash, json, snapshot } of rows) {
      if (table === "machine") machines.set(hash, JSON.parse(String(json)) as Machine);
      if (table !== "contact" || typeof snapshot !== "string") continue;
      const read = JSON.parse(snapshot) as Snapshot;
      yield { snapshot: read, machine: machines.get(read.machine) };
    }
  }
}

/** Fills an empty store. Rejects with `StoreFormatError` and `StoreError`, and then it is still empty. */
export async function importLines(archive: Archive, lines: AsyncIterable<string>): Promise<Counts> {
  const iterator = lines[Symbol.asyncIterator]();
  const id = await storeOf(iterator);
  const counts = noRows();
  await archive.fill(id, batches(iterator, counts));
  for (const table of TABLE_NAMES) {
    const there = await countRows(archive, table);
    if (there !== counts[table]) throw new StoreError(`${table} holds ${there} rows of ${counts[table]}`);
  }
  return counts;
}
