/** Two contacts that were one person, in the database itself: whatever there is of them, not only what a batch loaded. */
import type { Snapshot } from "@parley/machine";
import { text, textOrNull } from "../rows.ts";
import { absorbedStays } from "../rules.ts";
import type { Query } from "./database.ts";

/** Tables whose rows are of the conversation that stays; the other contact's rows are deleted. */
const OF_THE_CONVERSATION = ["copy", "action"] as const;

async function mergeTimers(query: Query, from: string, to: string, loser: string): Promise<void> {
  await query.run("DELETE FROM parley.timer WHERE contact = $1 AND kind = 'timer'", loser);
  await query.run(
    `UPDATE parley.timer t SET contact = $1 WHERE contact = $2 AND NOT EXISTS (
      SELECT 1 FROM parley.timer o WHERE o.contact = $1 AND o.kind = t.kind AND o.name = t.name)`,
    to,
    from,
  );
  await query.run("DELETE FROM parley.timer WHERE contact = $1", from);
}

/** The conversation that stays keeps its timers, copies and actions; the other one's are gone. Sends go out in any case. */
export async function mergeContacts(query: Query, from: string, to: string): Promise<void> {
  const rows = await query.all("SELECT id, snapshot FROM parley.contact WHERE id IN ($1, $2)", from, to);
  const snapshotOf = (id: string): Snapshot | null => {
    const row = rows.find((other) => text(other, "id") === id);
    const json = row ? textOrNull(row, "snapshot") : null;
    return json === null ? null : (JSON.parse(json) as Snapshot);
  };
  const stays = absorbedStays(snapshotOf(from), snapshotOf(to));
  const loser = stays ? to : from;
  await mergeTimers(query, from, to, loser);
  for (const table of OF_THE_CONVERSATION) {
    await query.run(`DELETE FROM parley.${table} WHERE contact = $1`, loser);
    await query.run(`UPDATE parley.${table} SET contact = $1 WHERE contact = $2`, to, from);
  }
  await query.run("UPDATE parley.send SET contact = $1, turn = -1, last = 0 WHERE contact = $2", to, from);
  for (const table of ["held", "alias", "filed"])
    await query.run(`UPDATE parley.${table} SET contact = $1 WHERE contact = $2`, to, from);
  await query.run(
    `UPDATE parley.contact c SET last_user_at = greatest(c.last_user_at, f.last_user_at)${stays ? ", snapshot = f.snapshot, machine = f.machine" : ""}
    FROM parley.contact f WHERE c.id = $1 AND f.id = $2`,
    to,
    from,
  );
  await query.run("DELETE FROM parley.contact WHERE id = $1", from);
}
