import type { Claimed, ClaimRequest, DueTimer, Planned, SendRow } from "../../store.ts";
import { actionOf, integer, integerOrNull, sendOf, text, timerOf } from "../rows.ts";
import { windowIsOpen } from "../rules.ts";
import type { Connection } from "./connection.ts";
import { SEND_COLUMNS } from "./load.ts";

/** Rows that one claim looks at beyond those that it may claim: closed and doubtful ones are listed only. */
const LISTED = 20;

/** The oldest open send of its contact. */
const IS_HEAD = `NOT EXISTS (
  SELECT 1 FROM send p WHERE p.contact = s.contact AND p.state IN ('ready', 'inflight', 'doubt') AND p.seq < s.seq)`;

const DUE_HEADS = `
SELECT ${SEND_COLUMNS} FROM send s JOIN contact c ON c.id = s.contact
WHERE s.state IN ('ready', 'doubt') AND s.due <= ? AND ${IS_HEAD} ORDER BY s.due LIMIT ?`;

const DUE_TIMERS = `
SELECT * FROM timer WHERE due IS NOT NULL AND due <= ?1 AND (due > ?2 OR ?3 <= ?1) ORDER BY due LIMIT ?4`;

function claimSends(
  db: Connection,
  storeId: string,
  { now, sends }: ClaimRequest,
): Pick<Claimed, "sends" | "closed" | "doubtful"> {
  const out = { sends: [] as SendRow[], closed: [] as SendRow[], doubtful: [] as SendRow[] };
  for (const row of db.all(DUE_HEADS, now, sends + LISTED)) {
    const send = sendOf(storeId, row);
    if (send.state === "doubt") out.doubtful.push(send);
    else if (!windowIsOpen(send.windowMs, integerOrNull(row, "last_user_at"), now)) out.closed.push(send);
    else if (out.sends.length < sends) {
      const seq = integer(row, "seq");
      db.run("UPDATE send SET state = 'inflight', attempt = attempt + 1, due = ? WHERE seq = ?", now, seq);
      out.sends.push({ ...send, state: "inflight", attempt: send.attempt + 1, due: now });
    }
  }
  return out;
}

function claimActions(db: Connection, { actions }: ClaimRequest): Claimed["actions"] {
  return db.all("SELECT * FROM action WHERE state <> 'running' ORDER BY seq LIMIT ?", actions).map((row) => {
    const action = actionOf(row);
    if (action.state === "ready") db.run("UPDATE action SET state = 'running' WHERE seq = ?", integer(row, "seq"));
    return action.state === "ready" ? { ...action, state: "running" } : action;
  });
}

function dueTimers(db: Connection, { now, timers, overdue }: ClaimRequest): readonly DueTimer[] {
  return db
    .all(DUE_TIMERS, now, overdue.at, overdue.until, timers)
    .map((row) => ({ contact: text(row, "contact"), timer: timerOf(row) }));
}

/** A transaction costs a write to the disk: none is begun where there is nothing to claim. */
function isIdle(db: Connection, { now }: ClaimRequest): boolean {
  const send = db.get("SELECT 1 FROM send WHERE state IN ('ready', 'doubt') AND due <= ? LIMIT 1", now);
  return !send && !db.get("SELECT 1 FROM action WHERE state <> 'running' LIMIT 1");
}

export function claim(db: Connection, storeId: string, request: ClaimRequest): Claimed {
  const timers = dueTimers(db, request);
  if (isIdle(db, request)) return { sends: [], closed: [], doubtful: [], actions: [], timers };
  return db.transaction(() => ({
    ...claimSends(db, storeId, request),
    actions: claimActions(db, request),
    timers,
  }));
}

export function nextDue(db: Connection, { sends, overdue }: Planned): number | undefined {
  const queries = [
    db.get(
      "SELECT min(CASE WHEN due <= ?1 THEN max(due, ?2) ELSE due END) AS due FROM timer WHERE due IS NOT NULL",
      overdue.at,
      overdue.until,
    ),
    db.get("SELECT min(at) AS due FROM action WHERE state <> 'running'"),
    sends
      ? db.get(`SELECT min(s.due) AS due FROM send s WHERE s.state IN ('ready', 'doubt') AND ${IS_HEAD}`)
      : undefined,
  ];
  const times = queries.flatMap((row) => (row ? (integerOrNull(row, "due") ?? []) : []));
  return times.length === 0 ? undefined : Math.min(...times);
}
