/**
 * What a batch works on: the rows of its contacts in the tables of the memory store, so that arrivals are found, stepped,
 * written and undone by the rules of that store. `flush` brings the difference to the database.
 */

import type { Arrival } from "../../store.ts";
import { emptyState, type SendRecord, type State, timerKey } from "../memory/state.ts";
import {
  actionOf,
  contactOf,
  filedOf,
  integer,
  integerOrNull,
  type Row,
  sendRecord,
  text,
  textOrNull,
  timerOf,
} from "../rows.ts";
import type { Query } from "./database.ts";
import { checkOwners, type Locked, type Named } from "./locks.ts";
import { plain } from "./plain.ts";

interface Parts {
  readonly aliases: readonly Row[];
  readonly sends: readonly Row[];
  readonly timers: readonly Row[];
  readonly actions: readonly Row[];
  readonly held: readonly Row[];
  readonly copies: readonly Row[];
  readonly filed: readonly Row[];
}

const OPEN = "state IN ('ready', 'inflight', 'doubt')";

/** One answer with everything: what a round trip costs does not depend on how many kinds of row there are. */
const LOAD = `
SELECT
  (SELECT coalesce(json_agg(a), '[]') FROM parley.alias a WHERE alias = ANY ($2::text[])) AS aliases,
  (SELECT coalesce(json_agg(s ORDER BY seq), '[]') FROM parley.send s WHERE seq IN (
    SELECT seq FROM parley.send WHERE contact = ANY ($1::text[]) AND ${OPEN}
    UNION SELECT seq FROM parley.send WHERE seq = ANY ($3::bigint[])
    UNION SELECT seq FROM parley.send WHERE wamid = ANY ($4::text[]))) AS sends,
  (SELECT coalesce(json_agg(t), '[]') FROM parley.timer t WHERE contact = ANY ($1::text[])) AS timers,
  (SELECT coalesce(json_agg(a ORDER BY seq), '[]') FROM parley.action a WHERE contact = ANY ($1::text[])) AS actions,
  (SELECT coalesce(json_agg(h ORDER BY seq), '[]') FROM parley.held h WHERE contact = ANY ($1::text[])) AS held,
  (SELECT coalesce(json_agg(c ORDER BY seq), '[]') FROM parley.copy c WHERE contact = ANY ($1::text[]) AND (
    (conversation, turn) IN (SELECT * FROM json_to_recordset($6::json) AS q(conversation text, turn integer))
    OR conversation IN (SELECT * FROM json_to_recordset($7::json) AS q(conversation text))
    OR (conversation, turn) IN (SELECT conversation, turn FROM parley.send WHERE wamid = ANY ($4::text[])))) AS copies,
  (SELECT coalesce(json_agg(f), '[]') FROM parley.filed f WHERE id = ANY ($5::text[])) AS filed`;

interface Quotes {
  readonly wamids: readonly string[];
  readonly places: readonly { readonly conversation: string; readonly turn: number }[];
  /** Where the turn is only known by the message that is quoted. */
  readonly conversations: readonly { readonly conversation: string }[];
}

function quotesOf(arrivals: readonly Arrival[]): Quotes {
  const out = {
    wamids: [] as string[],
    places: [] as Quotes["places"][number][],
    conversations: [] as Quotes["conversations"][number][],
  };
  for (const { find } of arrivals) {
    const quoted = find.by === "address" ? find.quoted : undefined;
    if (quoted?.wamid !== undefined) out.wamids.push(plain(quoted.wamid));
    if (quoted?.conversation === undefined) continue;
    const conversation = plain(quoted.conversation);
    if (quoted.turn === undefined) out.conversations.push({ conversation });
    else out.places.push({ conversation, turn: quoted.turn });
  }
  return out;
}

function groups(rows: readonly Row[], by: string): Map<string, Row[]> {
  const out = new Map<string, Row[]>();
  for (const row of rows) {
    const group = out.get(text(row, by));
    if (group) group.push(row);
    else out.set(text(row, by), [row]);
  }
  return out;
}

function isOpenRecord({ state }: SendRecord): boolean {
  return state === "ready" || state === "inflight" || state === "doubt";
}

function fillContacts(state: State, locked: Locked, parts: Parts): void {
  const held = groups(parts.held, "contact");
  const copies = groups(parts.copies, "contact");
  const open = new Map<string, string[]>();
  for (const record of state.sends.values())
    if (isOpenRecord(record)) {
      const ids = open.get(record.contact);
      if (ids) ids.push(record.id);
      else open.set(record.contact, [record.id]);
    }
  for (const row of locked.rows) {
    const id = text(row, "id");
    state.contacts.set(id, {
      row: contactOf(row),
      snapshot: textOrNull(row, "snapshot"),
      lastUserAt: integerOrNull(row, "last_user_at"),
      held: (held.get(id) ?? []).map((event) => text(event, "event")),
      copies: (copies.get(id) ?? []).map((copy) => ({
        conversation: text(copy, "conversation"),
        turn: integer(copy, "turn"),
        json: text(copy, "json"),
      })),
      open: open.get(id) ?? [],
    });
  }
}

/** Loads what is there of the locked contacts and for the arrivals. */
export async function loadWorkingSet(
  query: Query,
  storeId: string,
  arrivals: readonly Arrival[],
  named: Named,
  locked: Locked,
): Promise<State> {
  const { wamids, places, conversations } = quotesOf(arrivals);
  const [row] = await query.all(
    LOAD,
    locked.ids,
    named.aliases,
    named.sends,
    [...named.wamids, ...wamids],
    named.filed,
    JSON.stringify(places),
    JSON.stringify(conversations),
  );
  const parts = row as unknown as Parts;
  const ids = new Set(locked.ids);
  checkOwners(parts.aliases, ids);
  const state = emptyState();
  for (const alias of parts.aliases) state.aliases.set(text(alias, "alias"), text(alias, "contact"));
  for (const send of parts.sends) {
    const record = sendRecord(storeId, send);
    // A message of somebody else that is quoted.
    if (!ids.has(record.contact)) continue;
    state.sends.set(record.id, record);
    if (record.wamid !== null) state.wamids.set(record.wamid, record.id);
  }
  for (const timer of parts.timers) {
    const contact = text(timer, "contact");
    const value = timerOf(timer);
    state.timers.set(timerKey(contact, value), { contact, timer: value });
  }
  for (const action of parts.actions) state.actions.set(text(action, "id"), actionOf(action));
  for (const filed of parts.filed)
    if (ids.has(text(filed, "contact"))) state.filed.set(text(filed, "id"), filedOf(filed));
  fillContacts(state, locked, parts);
  return state;
}
