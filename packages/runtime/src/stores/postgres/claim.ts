import type { ActionRow, Claimed, ClaimRequest, DueTimer, Planned, SendRow } from "../../store.ts";
import { actionOf, integerOrNull, sendOf, sequenceOf, text, timerOf } from "../rows.ts";
import type { Database, Query } from "./database.ts";

/** Rows that one claim looks at beyond those that it may claim: closed and doubtful ones are listed only. */
const LISTED = 20;

/** In nobody's hands, or in those of $1. */
const FREE = "(boot IS NULL OR boot = $1)";
const FREE_SEND = "(s.boot IS NULL OR s.boot = $1)";

/** The oldest open send of its contact. */
const IS_HEAD = `NOT EXISTS (
  SELECT 1 FROM parley.send p WHERE p.contact = s.contact AND p.state IN ('ready', 'inflight', 'doubt') AND p.seq < s.seq)`;

const DUE_TIMER = "due IS NOT NULL AND due <= $2 AND (due > $3 OR $4 <= $2)";

/** Nothing is locked where there is nothing to claim. */
const WHAT_IS_DUE = `
SELECT
  EXISTS (SELECT 1 FROM parley.send s WHERE s.state IN ('ready', 'doubt') AND s.due <= $2 AND ${FREE_SEND}) AS sends,
  EXISTS (SELECT 1 FROM parley.action WHERE state <> 'running' AND ${FREE}) AS actions,
  EXISTS (SELECT 1 FROM parley.timer WHERE ${DUE_TIMER} AND ${FREE}) AS timers`;

/** Contacts whom another process is busy with are left to it: it looks for work itself when it has committed. */
const LOCK_CONTACTS = `
SELECT c.id FROM parley.contact c WHERE c.id IN (
  SELECT s.contact FROM parley.send s
  WHERE s.state IN ('ready', 'doubt') AND s.due <= $2 AND ${FREE_SEND} AND ${IS_HEAD} ORDER BY s.due LIMIT $3)
FOR NO KEY UPDATE SKIP LOCKED`;

/** A statement of its own: it sees what was committed until the contacts were locked. */
const CLAIM_SENDS = `
WITH head AS (
  SELECT s.seq, s.state = 'ready' AND (s.window_ms IS NULL OR coalesce($2 < c.last_user_at + s.window_ms, false)) AS open,
    s.due AS was_due
  FROM parley.send s JOIN parley.contact c ON c.id = s.contact
  WHERE s.contact = ANY ($3::text[]) AND s.state IN ('ready', 'doubt') AND s.due <= $2 AND ${FREE_SEND} AND ${IS_HEAD}
), numbered AS (
  SELECT *, row_number() OVER (PARTITION BY open ORDER BY was_due, seq) AS n FROM head
), taken AS (
  UPDATE parley.send s SET boot = $1,
    state = CASE WHEN n.open THEN 'inflight' ELSE s.state END,
    attempt = CASE WHEN n.open THEN s.attempt + 1 ELSE s.attempt END,
    due = CASE WHEN n.open THEN $2 ELSE s.due END
  FROM numbered n WHERE n.seq = s.seq AND (NOT n.open OR n.n <= $4)
  RETURNING s.*, n.was_due
)
SELECT t.*, c.phone, c.user_id, c.name, c.apology_at FROM taken t JOIN parley.contact c ON c.id = t.contact ORDER BY t.was_due, t.seq`;

const CLAIM_ACTIONS = `
WITH waiting AS (
  SELECT seq FROM parley.action WHERE state <> 'running' AND ${FREE} ORDER BY seq LIMIT $2 FOR UPDATE SKIP LOCKED
), taken AS (
  UPDATE parley.action a SET boot = $1, state = CASE a.state WHEN 'ready' THEN 'running' ELSE a.state END
  FROM waiting w WHERE w.seq = a.seq RETURNING a.*
)
SELECT * FROM taken ORDER BY seq`;

const CLAIM_TIMERS = `
WITH due AS (
  SELECT contact, kind, name FROM parley.timer WHERE ${DUE_TIMER} AND ${FREE} ORDER BY due LIMIT $5 FOR UPDATE SKIP LOCKED
), taken AS (
  UPDATE parley.timer t SET boot = $1 FROM due d WHERE d.contact = t.contact AND d.kind = t.kind AND d.name = t.name RETURNING t.*
)
SELECT * FROM taken ORDER BY due`;

type Sends = Pick<Claimed, "sends" | "closed" | "doubtful">;

const NO_SENDS: Sends = { sends: [], closed: [], doubtful: [] };

function sorted(storeId: string, rows: Awaited<ReturnType<Query["all"]>>): Sends {
  const out = { sends: [] as SendRow[], closed: [] as SendRow[], doubtful: [] as SendRow[] };
  for (const row of rows) {
    const send = sendOf(storeId, row);
    if (send.state === "doubt") out.doubtful.push(send);
    else if (send.state === "ready") out.closed.push(send);
    else out.sends.push(send);
  }
  return out;
}

/**
 * What a claim that failed was handed, or may have been: the connection broke, and nobody knows what was committed. Nothing
 * was done with it, so that it is put back before anything else is claimed; in the name of a living process it would lie
 * there until that ends.
 */
export interface Claiming {
  sends: readonly SendRow[];
  actions: readonly ActionRow[];
}

export function createClaiming(): Claiming {
  return { sends: [], actions: [] };
}

const PUT_BACK_SENDS = `
UPDATE parley.send s SET state = 'ready', attempt = s.attempt - 1, boot = NULL
FROM json_to_recordset($2::json) AS r(seq bigint, attempt integer)
WHERE s.seq = r.seq AND s.attempt = r.attempt AND s.state = 'inflight' AND s.boot = $1`;

const PUT_BACK_ACTIONS =
  "UPDATE parley.action SET state = 'ready', boot = NULL WHERE id = ANY ($2::text[]) AND state = 'running' AND boot = $1";

async function putBack(db: Database, storeId: string, claiming: Claiming, boot: string): Promise<void> {
  const { sends, actions } = claiming;
  if (sends.length === 0 && actions.length === 0) return;
  const rows = sends.map(({ id, attempt }) => ({ seq: sequenceOf(storeId, id), attempt }));
  const ids = actions.filter(({ state }) => state === "running").map(({ id }) => id);
  await db.transaction(async (query) => {
    await query.run(PUT_BACK_SENDS, boot, JSON.stringify(rows));
    await query.run(PUT_BACK_ACTIONS, boot, ids);
  });
  forget(claiming);
}

function forget(claiming: Claiming): void {
  claiming.sends = [];
  claiming.actions = [];
}

async function claimSends(
  db: Database,
  storeId: string,
  claiming: Claiming,
  { boot, now, sends }: ClaimRequest,
): Promise<Sends> {
  return db.transaction(async (query) => {
    const contacts = await query.all(LOCK_CONTACTS, boot, now, sends + LISTED);
    if (contacts.length === 0) return NO_SENDS;
    const ids = contacts.map((row) => text(row, "id"));
    const handed = sorted(storeId, await query.all(CLAIM_SENDS, boot, now, ids, sends));
    claiming.sends = handed.sends;
    return handed;
  });
}

async function claimActions(db: Database, claiming: Claiming, request: ClaimRequest): Promise<readonly ActionRow[]> {
  return db.transaction(async (query) => {
    claiming.actions = (await query.all(CLAIM_ACTIONS, request.boot, request.actions)).map(actionOf);
    return claiming.actions;
  });
}

async function claimTimers(db: Database, request: ClaimRequest): Promise<readonly DueTimer[]> {
  const { boot, now, overdue, timers } = request;
  const rows = await db.all(CLAIM_TIMERS, boot, now, overdue.at, overdue.until, timers);
  return rows.map((row) => ({ contact: text(row, "contact"), timer: timerOf(row) }));
}

export async function claim(
  db: Database,
  storeId: string,
  claiming: Claiming,
  request: ClaimRequest,
): Promise<Claimed> {
  const { boot, now, overdue } = request;
  await putBack(db, storeId, claiming, boot);
  const [due] = await db.all(WHAT_IS_DUE, boot, now, overdue.at, overdue.until);
  const timers = due?.["timers"] === true ? await claimTimers(db, request) : [];
  const actions = due?.["actions"] === true ? await claimActions(db, claiming, request) : [];
  const sends = due?.["sends"] === true ? await claimSends(db, storeId, claiming, request) : NO_SENDS;
  forget(claiming);
  return { ...sends, actions, timers };
}

const NEXT_DUE = `
SELECT least(
  (SELECT min(CASE WHEN due <= $2 THEN greatest(due, $3) ELSE due END) FROM parley.timer WHERE due IS NOT NULL AND ${FREE}),
  (SELECT min(at) FROM parley.action WHERE state <> 'running' AND ${FREE}),
  (SELECT min(s.due) FROM parley.send s WHERE $4::boolean AND s.state IN ('ready', 'doubt') AND ${FREE_SEND} AND ${IS_HEAD})
) AS due`;

export async function nextDue(db: Database, boot: string, { sends, overdue }: Planned): Promise<number | undefined> {
  const [row] = await db.all(NEXT_DUE, boot, overdue.at, overdue.until, sends);
  return (row && integerOrNull(row, "due")) ?? undefined;
}
