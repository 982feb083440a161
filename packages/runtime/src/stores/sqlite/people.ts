import type { People } from "../people.ts";
import { contactOf, type Row, snapshotOf } from "../rows.ts";
import { absorbedStays } from "../rules.ts";
import type { Connection } from "./connection.ts";

/** Tables whose rows are of the conversation that stays; the other contact's rows are deleted. */
const OF_THE_CONVERSATION = ["copy", "action"] as const;

/** Timers of the conversation that does not stay are gone; scheduled events of both stay, the kept contact's first. */
function mergeTimers(db: Connection, from: string, to: string, loser: string): void {
  db.run("DELETE FROM timer WHERE contact = ? AND kind = 'timer'", loser);
  db.run("UPDATE OR IGNORE timer SET contact = ? WHERE contact = ?", to, from);
  db.run("DELETE FROM timer WHERE contact = ?", from);
}

/** The conversation that stays keeps its timers, copies and actions; the other one's are gone. Sends go out in any case. */
function merge(db: Connection, from: string, to: string): void {
  const absorbed = db.get("SELECT * FROM contact WHERE id = ?", from);
  const kept = db.get("SELECT * FROM contact WHERE id = ?", to);
  if (!absorbed || !kept) return;
  const stays = absorbedStays(snapshotOf(absorbed), snapshotOf(kept));
  const loser = stays ? to : from;
  mergeTimers(db, from, to, loser);
  for (const table of OF_THE_CONVERSATION) {
    db.run(`DELETE FROM ${table} WHERE contact = ?`, loser);
    db.run(`UPDATE ${table} SET contact = ? WHERE contact = ?`, to, from);
  }
  db.run("UPDATE send SET contact = ?, turn = -1, last = 0 WHERE contact = ?", to, from);
  db.run("UPDATE held SET contact = ? WHERE contact = ?", to, from);
  db.run("UPDATE alias SET contact = ? WHERE contact = ?", to, from);
  db.run("UPDATE filed SET contact = ? WHERE contact = ?", to, from);
  if (stays)
    db.run(
      "UPDATE contact SET (snapshot, machine) = (SELECT snapshot, machine FROM contact WHERE id = ?) WHERE id = ?",
      from,
      to,
    );
  db.run(
    "UPDATE contact SET held = (SELECT count(*) FROM held WHERE contact = ?1), last_user_at = coalesce(max(last_user_at, (SELECT last_user_at FROM contact WHERE id = ?2)), last_user_at, (SELECT last_user_at FROM contact WHERE id = ?2)) WHERE id = ?1",
    to,
    from,
  );
  db.run("DELETE FROM contact WHERE id = ?", from);
}

/** What is loaded of a contact. */
export interface ContactColumns extends Row {
  readonly id: string;
  /** The number of its row, by which it is found without its index. */
  readonly row: number;
}

export interface SqlitePeople extends People {
  readonly whole: (id: string) => ContactColumns | undefined;
}

const COLUMNS = "c.rowid, c.id, c.phone, c.user_id, c.name, c.apology_at, c.snapshot, c.last_user_at, c.held";
const BY_ID = `SELECT ${COLUMNS} FROM contact c WHERE c.id = ?`;
const BY_ALIAS = `SELECT ${COLUMNS} FROM alias a JOIN contact c ON c.id = a.contact WHERE a.alias = ?`;

function columnsOf(values: readonly unknown[] | undefined): ContactColumns | undefined {
  if (!values) return undefined;
  const [row, id, phone, userId, name, apologyAt, snapshot, lastUserAt, held] = values;
  return {
    row: row as number,
    id: id as string,
    phone,
    user_id: userId,
    name,
    apology_at: apologyAt,
    snapshot,
    last_user_at: lastUserAt,
    held,
  };
}

/** For one arrival: the row that was read last is read once. Whom an alias names is asked for next. */
export function sqlitePeople(db: Connection): SqlitePeople {
  let last: ContactColumns | undefined;
  const whole = (id: string): ContactColumns | undefined => {
    if (last?.id !== id) last = columnsOf(db.columns(BY_ID, id));
    return last;
  };
  return {
    whole,
    byAlias: (alias) => {
      const found = columnsOf(db.columns(BY_ALIAS, alias));
      last = found ?? last;
      return found?.id;
    },
    row: (id) => {
      const row = whole(id);
      return row && contactOf(row);
    },
    create: ({ id, phone, userId, name }) => {
      db.run("INSERT INTO contact (id, phone, user_id, name) VALUES (?, ?, ?, ?)", id, phone, userId, name);
    },
    update: ({ id, phone, userId, name }) => {
      last = undefined;
      db.run("UPDATE contact SET phone = ?, user_id = ?, name = ? WHERE id = ?", phone, userId, name, id);
    },
    link: (alias, id) => {
      db.run("INSERT INTO alias VALUES (?, ?) ON CONFLICT (alias) DO UPDATE SET contact = excluded.contact", alias, id);
    },
    merge: (from, to) => {
      last = undefined;
      merge(db, from, to);
    },
  };
}
