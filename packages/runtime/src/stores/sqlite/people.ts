import type { People } from "../people.ts";
import { contactOf, type Row, snapshotOf, text } from "../rows.ts";
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

export interface SqlitePeople extends People {
  /** The whole row of a contact. */
  readonly whole: (id: string) => Row | undefined;
}

/** For one arrival: the row that was read last is read once. */
export function sqlitePeople(db: Connection): SqlitePeople {
  let last: Row | undefined;
  const whole = (id: string): Row | undefined => {
    if (last?.["id"] !== id) last = db.get("SELECT * FROM contact WHERE id = ?", id);
    return last;
  };
  return {
    whole,
    byAlias: (alias) => {
      const row = db.get("SELECT contact FROM alias WHERE alias = ?", alias);
      return row && text(row, "contact");
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
