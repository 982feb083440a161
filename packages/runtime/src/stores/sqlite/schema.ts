/** The tables, as a list of versions: a file is brought up from whatever it has; a newer one is refused. */
import type { DatabaseSync } from "node:sqlite";
import { StoreFormatError } from "../../errors.ts";

/** `application_id` of our files: tells them from any other SQLite file. */
const APPLICATION_ID = 0x50_41_52_4c;

const OPEN = "state IN ('ready', 'inflight', 'doubt')";

const VERSION_1 = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE lease (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  boot TEXT NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL, taken_at INTEGER NOT NULL
) STRICT;
CREATE TABLE machine (hash TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE contact (
  id TEXT PRIMARY KEY,
  phone TEXT, user_id TEXT, name TEXT,
  apology_at INTEGER,
  snapshot TEXT,
  machine TEXT,
  last_user_at INTEGER,
  held INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX contact_machine ON contact (machine);
CREATE TABLE alias (
  alias TEXT PRIMARY KEY,
  contact TEXT NOT NULL REFERENCES contact (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_contact ON alias (contact);
CREATE TABLE dedupe (key BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX dedupe_at ON dedupe (at);
CREATE TABLE send (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  contact TEXT NOT NULL REFERENCES contact (id),
  turn INTEGER NOT NULL, idx INTEGER NOT NULL, last INTEGER NOT NULL,
  body TEXT NOT NULL,
  window_ms INTEGER,
  policy TEXT NOT NULL,
  of TEXT NOT NULL,
  ask TEXT, conversation TEXT,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0,
  due INTEGER NOT NULL,
  wamid TEXT
) STRICT;
CREATE INDEX send_open ON send (contact, seq) WHERE ${OPEN};
CREATE INDEX send_due ON send (due) WHERE state IN ('ready', 'doubt');
CREATE INDEX send_wamid ON send (wamid) WHERE wamid IS NOT NULL;
CREATE INDEX send_at ON send (at);
CREATE TABLE timer (
  contact TEXT NOT NULL REFERENCES contact (id),
  kind TEXT NOT NULL, name TEXT NOT NULL,
  armed INTEGER NOT NULL,
  due INTEGER,
  ms INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  args TEXT NOT NULL,
  PRIMARY KEY (contact, kind, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX timer_due ON timer (due) WHERE due IS NOT NULL;
CREATE TABLE action (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  contact TEXT NOT NULL REFERENCES contact (id),
  call TEXT NOT NULL, armed INTEGER NOT NULL,
  action TEXT NOT NULL, args TEXT NOT NULL,
  timeout_ms INTEGER NOT NULL, once INTEGER NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX action_contact ON action (contact);
CREATE TABLE copy (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  contact TEXT NOT NULL REFERENCES contact (id),
  conversation TEXT NOT NULL, turn INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX copy_place ON copy (contact, conversation, turn);
CREATE INDEX copy_age ON copy (contact, seq);
CREATE TABLE held (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  contact TEXT NOT NULL REFERENCES contact (id),
  event TEXT NOT NULL
) STRICT;
CREATE INDEX held_contact ON held (contact, seq);
CREATE TABLE filed (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
  event TEXT
) STRICT;
`;

/** Filed events know their contact, so that they can be driven again; what a turn caused knows the turn's trace. */
const VERSION_2 = `
ALTER TABLE filed ADD COLUMN contact TEXT NOT NULL DEFAULT '';
CREATE INDEX filed_at ON filed (at);
CREATE INDEX filed_contact ON filed (contact);
ALTER TABLE send ADD COLUMN trace TEXT;
ALTER TABLE timer ADD COLUMN trace TEXT;
ALTER TABLE action ADD COLUMN trace TEXT;
`;

/** Closed sends keep no body; refusals are remembered. */
const VERSION_3 = `
ALTER TABLE send ADD COLUMN error INTEGER;
ALTER TABLE send ADD COLUMN life_ms INTEGER;
ALTER TABLE send ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;
UPDATE send SET body = '{"kind":"gone"}' WHERE NOT (${OPEN});
CREATE INDEX send_closed ON send (contact) WHERE NOT (${OPEN});
`;

/** The other index of the table has the same columns behind its contact: a contact's few copies are found and sorted by it. */
const VERSION_4 = "DROP INDEX copy_age;";

const VERSIONS: readonly string[] = [VERSION_1, VERSION_2, VERSION_3, VERSION_4];

export const SCHEMA_VERSION: number = VERSIONS.length;

function integer(db: DatabaseSync, pragma: string): number {
  const row: Record<string, unknown> | undefined = db.prepare(`PRAGMA ${pragma}`).get();
  return Number(Object.values(row ?? {})[0] ?? 0);
}

function versionOf(db: DatabaseSync, path: string): number {
  const application = integer(db, "application_id");
  if (application === APPLICATION_ID) {
    const row: Record<string, unknown> | undefined = db.prepare("SELECT max(version) AS v FROM schema_version").get();
    return Number(row?.["v"] ?? 0);
  }
  const tables: Record<string, unknown> | undefined = db.prepare("SELECT count(*) AS n FROM sqlite_schema").get();
  if (application !== 0 || Number(tables?.["n"]) > 0)
    throw new StoreFormatError(`${path} is a database of something else`);
  return 0;
}

/** Brings the file to the present version, all or nothing. The caller has the lock. */
export function migrate(db: DatabaseSync, path: string, now: number): void {
  const version = versionOf(db, path);
  if (version > SCHEMA_VERSION)
    throw new StoreFormatError(
      `${path} was written by a newer version (schema ${version}, this one knows ${SCHEMA_VERSION})`,
    );
  if (version === SCHEMA_VERSION) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    if (version === 0)
      db.exec("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT");
    VERSIONS.slice(version).forEach((statements, index) => {
      db.exec(statements);
      db.prepare("INSERT INTO schema_version VALUES (?, ?)").run(version + index + 1, now);
    });
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    db.exec("COMMIT");
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}
