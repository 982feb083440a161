import { existsSync } from "node:fs";
import { StoreError, StoreFormatError } from "../../errors.ts";
import { type Archive, type Batch, TABLE_NAMES, TABLES, type TableName } from "../transfer.ts";
import { type Connection, connect } from "./connection.ts";

/** Bytes are hex digits outside. */
const HEX: Partial<Record<TableName, string>> = { dedupe: "key" };

function select(table: TableName, paged: boolean): string {
  const { columns, key } = TABLES[table];
  const hex = HEX[table];
  const list = columns.map((column) => (column === hex ? `lower(hex(${column})) AS ${column}` : column)).join(", ");
  const after = key.map((column) => (column === hex ? "unhex(?)" : "?")).join(", ");
  const where = paged ? `WHERE (${key.join(", ")}) > (${after})` : "";
  return `SELECT ${list} FROM ${table} ${where} ORDER BY ${key.join(", ")} LIMIT ?`;
}

function insert(db: Connection, { table, rows }: Batch): void {
  const columns: readonly string[] = TABLES[table].columns;
  const values = columns.map((column) => (column === HEX[table] ? "unhex(?)" : "?")).join(", ");
  const sql = `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${values})`;
  for (const row of rows) db.run(sql, ...columns.map((column) => row[column] as string | number | null));
}

function checkEmpty(db: Connection, path: string): void {
  for (const table of TABLE_NAMES)
    if (db.get(`SELECT 1 FROM ${table} LIMIT 1`)) throw new StoreError(`${path} is not empty`);
}

async function fill(db: Connection, path: string, storeId: string, batches: AsyncIterable<Batch>): Promise<void> {
  checkEmpty(db, path);
  db.run("BEGIN IMMEDIATE");
  try {
    for await (const batch of batches) insert(db, batch);
    db.run("UPDATE contact SET held = (SELECT count(*) FROM held WHERE contact = contact.id)");
    db.run("INSERT INTO meta VALUES ('store_id', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", storeId);
    db.run("COMMIT");
  } catch (error) {
    db.run("ROLLBACK");
    throw error;
  }
}

/**
 * The store in this file, for `exportLines` and `importLines`; no bot may have it open. Throws `StoreInUseError`, and
 * `StoreFormatError` where there is no store in it; with `make` the file is made.
 */
export function sqliteArchive(path: string, make: boolean = false): Archive {
  if (!make && !existsSync(path)) throw new StoreFormatError(`${path} does not exist`);
  const db = connect(path);
  return {
    storeId: async () => {
      const id = db.get("SELECT value FROM meta WHERE key = 'store_id'")?.["value"];
      if (typeof id !== "string") throw new StoreFormatError(`${path} was never opened by a bot`);
      return id;
    },
    page: async (table, after, limit) =>
      db.all(select(table, after !== undefined), ...((after ?? []) as (string | number)[]), limit),
    fill: (storeId, batches) => fill(db, path, storeId, batches),
    close: async () => db.close(),
  };
}
