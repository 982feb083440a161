import { existsSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { StoreFormatError } from "../../errors.ts";

/**
 * Writes what is committed in the store of this file to another one, which must not be there; a bot may go on using the
 * store meanwhile. A file beside it (`.backup`) tells when that was. Throws `StoreFormatError` where there is no store.
 */
export function backupSqlite(path: string, to: string): void {
  if (!existsSync(path)) throw new StoreFormatError(`${path} does not exist`);
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    db.prepare("VACUUM INTO ?").run(to);
  } finally {
    db.close();
  }
  // The settings of the original hold for the copy once a bot opens it; that it can be read is seen here.
  const copy = new DatabaseSync(to, { readOnly: true });
  const check = copy.prepare("PRAGMA quick_check").get();
  copy.close();
  if (Object.values(check ?? {})[0] !== "ok") throw new StoreFormatError(`${to} cannot be read back`);
  try {
    writeFileSync(`${path}.backup`, `${new Date().toISOString()}\n`, { mode: 0o600 });
  } catch {
    // Whoever makes the copy may not be allowed to write there; the copy is none the worse.
  }
}
