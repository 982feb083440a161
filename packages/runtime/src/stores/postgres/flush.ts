/** The difference that a batch made, written in one statement, whatever and however much it is. */
import type { Snapshot } from "@parley/machine";
import type { ActionRow, FiledRow } from "../../store.ts";
import type { ContactRecord, SendRecord, State, TimerRecord } from "../memory/state.ts";
import { sequenceOf } from "../rows.ts";
import { COPIES_KEPT, standsOn } from "../rules.ts";
import type { Query } from "./database.ts";
import { plain } from "./plain.ts";

type Tables = Pick<State, "contacts" | "aliases" | "sends" | "timers" | "actions" | "filed">;

/** The tables as they are, to be compared with later: records are never changed in place. */
export function remembered(state: State): Tables {
  return {
    contacts: new Map(state.contacts),
    aliases: new Map(state.aliases),
    sends: new Map(state.sends),
    timers: new Map(state.timers),
    actions: new Map(state.actions),
    filed: new Map(state.filed),
  };
}

function set<V>(before: ReadonlyMap<string, V>, after: ReadonlyMap<string, V>): V[] {
  return [...after].flatMap(([key, value]) => (before.get(key) === value ? [] : [value]));
}

function gone<V>(before: ReadonlyMap<string, V>, after: ReadonlyMap<string, V>): V[] {
  return [...before].flatMap(([key, value]) => (after.has(key) ? [] : [value]));
}

function contactJson({ row, snapshot, lastUserAt }: ContactRecord): object {
  const machine = standsOn(snapshot === null ? null : (JSON.parse(snapshot) as Snapshot));
  return {
    id: row.id,
    phone: plain(row.phone),
    user_id: plain(row.userId),
    name: plain(row.name),
    apology_at: row.apologyAt,
    snapshot,
    machine,
    last_user_at: lastUserAt,
  };
}

function newSendJson({ contact, send, state, due, wamid, error }: SendRecord): object {
  return {
    contact,
    turn: send.turn,
    idx: send.index,
    last: send.last ? 1 : 0,
    body: JSON.stringify(send.body),
    window_ms: send.windowMs,
    policy: send.policy,
    of: send.of,
    ask: send.ask,
    conversation: send.conversation,
    at: send.at,
    state,
    due,
    wamid,
    error,
    trace: send.trace ?? null,
    life_ms: send.lifeMs ?? null,
    silent: send.silent ? 1 : 0,
  };
}

function timerJson({ contact, timer }: TimerRecord): object {
  return { ...timer, contact, args: JSON.stringify(timer.args) };
}

function actionJson(action: ActionRow): object {
  const { timeoutMs, once, args, ...rest } = action;
  return { ...rest, args: JSON.stringify(args), timeout_ms: timeoutMs, once: once ? 1 : 0 };
}

function filedJson({ event, reason, ...rest }: FiledRow): object {
  return { ...rest, reason: plain(reason), event: event === null ? null : JSON.stringify(event) };
}

function movedSends(storeId: string, before: Tables, state: State): object[] {
  return set(before.sends, state.sends).flatMap((record) => {
    const seq = sequenceOf(storeId, record.id);
    if (seq === undefined) return [];
    const body = before.sends.get(record.id)?.send.body === record.send.body ? null : JSON.stringify(record.send.body);
    return [{ seq, state: record.state, due: record.due, wamid: plain(record.wamid), error: record.error, body }];
  });
}

interface Lists {
  readonly dropHeld: string[];
  readonly held: object[];
  readonly copies: object[];
}

/** Lists that a contact has: held events only grow at their end or are taken all together. */
function listsOf(before: Tables, state: State): Lists {
  const out: Lists = { dropHeld: [], held: [], copies: [] };
  for (const [id, record] of state.contacts) {
    const old = before.contacts.get(id);
    if (old === record) continue;
    const oldHeld = old?.held ?? [];
    const grown = oldHeld.every((event, index) => event === record.held[index]);
    if (!grown) out.dropHeld.push(id);
    for (const event of grown ? record.held.slice(oldHeld.length) : record.held) out.held.push({ contact: id, event });
    const oldCopies = new Set(old?.copies);
    for (const copy of record.copies) if (!oldCopies.has(copy)) out.copies.push({ contact: id, ...copy });
  }
  return out;
}

const CONTACT =
  "id text, phone text, user_id text, name text, apology_at bigint, snapshot text, machine text, last_user_at bigint";
const SEND =
  "contact text, turn integer, idx integer, last smallint, body text, window_ms bigint, policy text, of text, ask text, conversation text, at bigint, state text, due bigint, wamid text, error integer, trace text, life_ms bigint, silent smallint";
const TIMER =
  "contact text, kind text, name text, armed integer, due bigint, ms bigint, turn integer, args text, trace text";
const ACTION =
  "id text, contact text, call text, armed integer, action text, args text, timeout_ms bigint, once smallint, at bigint, state text, trace text";
const FILED = "id text, kind text, reason text, at bigint, event text, contact text";
const COPY = "contact text, conversation text, turn integer, json text";

function names(columns: string): string {
  return columns.replace(/ [a-z]+(?=,|$)/g, "");
}

/** The lists of changes, each a parameter of its own: JSON is read from its beginning for each use of a part of it. */
const LISTS = [
  ...(["contacts", "aliases", "sends", "moved", "goneSends", "timers", "goneTimers"] as const),
  ...(["actions", "goneActions", "dropHeld", "held", "copies", "filed", "goneFiled"] as const),
];

type List = (typeof LISTS)[number];

function recordset(list: List, columns: string): string {
  return `json_to_recordset($${LISTS.indexOf(list) + 1}::json) AS r(${columns})`;
}

/** Inserts a list; rows whose key is there take the new values. */
function upsert(table: string, list: List, columns: string, key: string, more: string = ""): string {
  const keys = key.split(", ");
  const values = names(columns)
    .split(", ")
    .filter((name) => !keys.includes(name));
  const updates = values.map((name) => `${name} = excluded.${name}`).join(", ");
  return `INSERT INTO parley.${table} (${names(columns)}) SELECT * FROM ${recordset(list, columns)}
  ON CONFLICT (${key}) DO UPDATE SET ${updates}${more}`;
}

/** Parts of one statement do not see each other's rows: of the old copies only as many stay as the new ones leave room for. */
const TRIM_COPIES = `DELETE FROM parley.copy c
  USING (SELECT contact, count(*) AS n FROM ${recordset("copies", COPY)} GROUP BY contact) a
  WHERE c.contact = a.contact
    AND c.seq <= (SELECT seq FROM parley.copy o WHERE o.contact = a.contact ORDER BY seq DESC LIMIT 1 OFFSET greatest(${COPIES_KEPT} - a.n, 0))
    AND NOT EXISTS (SELECT 1 FROM ${recordset("copies", COPY)}
      WHERE r.contact = c.contact AND r.conversation = c.conversation AND r.turn = c.turn)`;

const FLUSH = `WITH
contact AS (${upsert("contact", "contacts", CONTACT, "id")}),
alias AS (${upsert("alias", "aliases", "alias text, contact text", "alias")}),
drop_send AS (DELETE FROM parley.send s USING ${recordset("goneSends", "seq bigint")} WHERE s.seq = r.seq),
moved AS (
  UPDATE parley.send s SET state = r.state, due = r.due, wamid = r.wamid, error = r.error, body = coalesce(r.body, s.body), boot = NULL
  FROM ${recordset("moved", "seq bigint, state text, due bigint, wamid text, error integer, body text")} WHERE s.seq = r.seq),
send AS (INSERT INTO parley.send (${names(SEND)}) SELECT * FROM ${recordset("sends", SEND)}),
drop_timer AS (
  DELETE FROM parley.timer t USING ${recordset("goneTimers", "contact text, kind text, name text")}
  WHERE t.contact = r.contact AND t.kind = r.kind AND t.name = r.name),
timer AS (${upsert("timer", "timers", TIMER, "contact, kind, name", ", boot = NULL")}),
drop_action AS (DELETE FROM parley.action a USING ${recordset("goneActions", "id text")} WHERE a.id = r.id),
action AS (${upsert("action", "actions", ACTION, "id", ", boot = NULL")}),
drop_held AS (DELETE FROM parley.held h USING ${recordset("dropHeld", "contact text")} WHERE h.contact = r.contact),
held AS (INSERT INTO parley.held (contact, event) SELECT * FROM ${recordset("held", "contact text, event text")}),
trim AS (${TRIM_COPIES}),
copy AS (${upsert("copy", "copies", COPY, "contact, conversation, turn", ", seq = excluded.seq")}),
drop_filed AS (DELETE FROM parley.filed f USING ${recordset("goneFiled", "id text")} WHERE f.id = r.id),
filed AS (${upsert("filed", "filed", FILED, "id")})
SELECT`;

async function forget(query: Query, contacts: readonly string[]): Promise<void> {
  if (contacts.length === 0) return;
  await query.run("DELETE FROM parley.copy WHERE contact = ANY ($1::text[])", contacts);
  await query.run("DELETE FROM parley.filed WHERE contact = ANY ($1::text[])", contacts);
  await query.run(
    "DELETE FROM parley.send WHERE contact = ANY ($1::text[]) AND state NOT IN ('ready', 'inflight', 'doubt')",
    contacts,
  );
}

export async function flush(query: Query, storeId: string, before: Tables, state: State): Promise<void> {
  await forget(query, [...state.forgotten.keys()]);
  const lists = listsOf(before, state);
  const changes: Readonly<Record<List, readonly object[]>> = {
    contacts: set(before.contacts, state.contacts).map(contactJson),
    aliases: [...state.aliases].flatMap(([alias, contact]) =>
      before.aliases.get(alias) === contact ? [] : [{ alias: plain(alias), contact }],
    ),
    sends: set(before.sends, state.sends)
      .filter(({ id }) => sequenceOf(storeId, id) === undefined)
      .map(newSendJson),
    moved: movedSends(storeId, before, state),
    goneSends: gone(before.sends, state.sends).map(({ id }) => ({ seq: sequenceOf(storeId, id) })),
    timers: set(before.timers, state.timers).map(timerJson),
    goneTimers: gone(before.timers, state.timers).map(({ contact, timer }) => ({ contact, ...timer })),
    actions: set(before.actions, state.actions).map(actionJson),
    goneActions: gone(before.actions, state.actions),
    dropHeld: lists.dropHeld.map((contact) => ({ contact })),
    held: lists.held,
    copies: lists.copies,
    filed: set(before.filed, state.filed).map(filedJson),
    goneFiled: gone(before.filed, state.filed),
  };
  if (Object.values(changes).every((list) => list.length === 0)) return;
  await query.run(FLUSH, ...LISTS.map((list) => JSON.stringify(changes[list])));
}
