import { StoreError, StoreInUseError } from "../../errors.ts";
import { type Archive, type Batch, TABLE_NAMES, TABLES, type TableName } from "../transfer.ts";
import { createDatabase, type Database, type Query } from "./database.ts";
import { databaseOptions, leaseOf, type PostgresOptions } from "./options.ts";
import { plain } from "./plain.ts";
import { migrate } from "./schema.ts";

/** Bytes are hex digits outside. */
const HEX: Partial<Record<TableName, string>> = { dedupe: "key" };
const NUMBERED: readonly TableName[] = ["send", "action", "copy", "held"];

function select(table: TableName, paged: boolean): string {
  const { columns, key } = TABLES[table];
  const hex = HEX[table];
  const list = columns.map((column) => (column === hex ? `encode(${column}, 'hex') AS ${column}` : column)).join(", ");
  const after = key.map((column, index) => (column === hex ? `decode($${index + 2}, 'hex')` : `$${index + 2}`));
  const where = paged ? `WHERE (${key.join(", ")}) > (${after.join(", ")})` : "";
  return `SELECT ${list} FROM parley.${table} ${where} ORDER BY ${key.join(", ")} LIMIT $1`;
}

async function insert(query: Query, { table, rows }: Batch): Promise<void> {
  const columns = TABLES[table].columns.join(", ");
  const hex = HEX[table];
  const values = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        column === hex ? `\\x${String(value)}` : plain(value as string | null),
      ]),
    ),
  );
  await query.run(
    `INSERT INTO parley.${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::parley.${table}, $1::json)`,
    JSON.stringify(values),
  );
}

async function checkUnused(query: Query, schema: string, leaseMs: number): Promise<void> {
  const [living] = await query.all(
    "SELECT pid, host FROM parley.instance WHERE seen_at > clock_timestamp() - $1 * interval '1 millisecond' LIMIT 1",
    leaseMs,
  );
  if (living)
    throw new StoreInUseError(
      `schema ${schema} is in use by process ${String(living["pid"])} on ${String(living["host"])}, or was until ${leaseMs / 1000} seconds ago; stop it first`,
    );
}

async function fill(db: Database, storeId: string, batches: AsyncIterable<Batch>): Promise<void> {
  // A file cannot be read twice: what fails is not tried again.
  let begun = false;
  await db.transaction(async (query) => {
    if (begun) throw new StoreError("the connection to the database was lost");
    begun = true;
    for (const table of TABLE_NAMES)
      if ((await query.all(`SELECT 1 FROM parley.${table} LIMIT 1`)).length > 0)
        throw new StoreError(`schema ${db.schema} is not empty`);
    for await (const batch of batches) await insert(query, batch);
    for (const table of NUMBERED)
      await query.all(
        "SELECT setval(pg_get_serial_sequence($1, 'seq'), $2)",
        `"${db.schema}".${table}`,
        Number((await query.all(`SELECT coalesce(max(seq), 0) + 1 AS n FROM parley.${table}`))[0]?.["n"]),
      );
    await query.run("UPDATE parley.meta SET value = $1 WHERE key = 'store_id'", storeId);
  });
}

/**
 * The store in this database, for `exportLines` and `importLines`; no bot may have it open. Rejects with
 * `StoreInUseError` and `StoreFormatError`.
 */
export async function postgresArchive(url: string, options: PostgresOptions = {}): Promise<Archive> {
  const db = createDatabase(databaseOptions(url, options));
  try {
    const storeId = await migrate(db);
    await checkUnused(db, db.schema, leaseOf(options));
    return {
      storeId: async () => storeId,
      page: (table, after, limit) => db.all(select(table, after !== undefined), limit, ...(after ?? [])),
      fill: (id, batches) => fill(db, id, batches),
      close: () => db.close(),
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}
