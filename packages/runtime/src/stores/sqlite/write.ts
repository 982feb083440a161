import type { Write } from "../../store.ts";
import { sequenceOf } from "../rows.ts";
import { COPIES_KEPT, GONE, isOpen, standsOn } from "../rules.ts";
import type { Connection } from "./connection.ts";

const GONE_JSON = JSON.stringify(GONE);

type Of<K extends Write["kind"]> = Extract<Write, { kind: K }>;

/** What the writes of an arrival are about. */
export interface Target {
  readonly storeId: string;
  /** Empty where none was found: then only writes come that name no contact. */
  readonly contact: string;
  /** Number of the contact's row. */
  readonly row: number;
  /** What the contact's row has as its machine. */
  machine: string | null;
}

export function write(db: Connection, target: Target, change: Write): void {
  const { storeId, contact } = target;
  switch (change.kind) {
    case "snapshot":
      saveSnapshot(db, target, change);
      break;
    case "heard":
      heard(db, contact, change.at);
      break;
    case "send":
      addSend(db, contact, change);
      break;
    case "timer":
      setTimer(db, contact, change);
      break;
    case "dropTimer":
      db.run(
        "DELETE FROM timer WHERE contact = ? AND kind = ? AND name = ?",
        contact,
        change.timer.kind,
        change.timer.name,
      );
      break;
    case "dropSchedules":
      db.run("DELETE FROM timer WHERE contact = ? AND kind = 'schedule'", contact);
      break;
    case "arm":
      db.run(
        "UPDATE timer SET due = ? + ms WHERE contact = ? AND turn = ? AND due IS NULL",
        change.at,
        contact,
        change.turn,
      );
      break;
    case "action":
      addAction(db, contact, change);
      break;
    case "dropAction":
      db.run("DELETE FROM action WHERE id = ?", change.action);
      break;
    case "copy":
      addCopy(db, contact, change);
      break;
    case "hold":
      db.run("INSERT INTO held (contact, event) VALUES (?, ?)", contact, JSON.stringify(change.event));
      db.run("UPDATE contact SET held = held + 1 WHERE id = ?", contact);
      break;
    case "dropHeld":
      dropHeld(db, contact);
      break;
    case "forget":
      forget(db, contact);
      break;
    case "moveSend":
      moveSend(db, storeId, change);
      break;
    case "dropSends":
      db.run(
        "UPDATE send SET state = 'dropped', body = ? WHERE contact = ? AND turn = ? AND state = 'ready'",
        GONE_JSON,
        contact,
        change.turn,
      );
      break;
    case "paceSends":
      db.run("UPDATE send SET due = ? WHERE contact = ? AND state = 'ready' AND attempt = 0", change.at, contact);
      break;
    case "apology":
      db.run("UPDATE contact SET apology_at = ? WHERE id = ?", change.at, contact);
      break;
    case "file":
      file(db, contact, change);
      break;
    case "dropFiled":
      db.run("DELETE FROM filed WHERE id = ?", change.filed);
      break;
    default:
      change satisfies never;
  }
}

const SAVE_SNAPSHOT =
  "UPDATE contact SET snapshot = ?2, last_user_at = coalesce(max(last_user_at, ?3), last_user_at, ?3) WHERE rowid = ?1";
/** By itself: setting it changes its index as well, and nearly always it is the same. */
const SAVE_MACHINE = "UPDATE contact SET machine = ? WHERE rowid = ?";

function saveSnapshot(db: Connection, target: Target, { snapshot }: Of<"snapshot">): void {
  const { row } = target;
  db.run(SAVE_SNAPSHOT, row, JSON.stringify(snapshot), snapshot.lastUserAt);
  const machine = standsOn(snapshot);
  if (machine === target.machine) return;
  db.run(SAVE_MACHINE, machine, row);
  target.machine = machine;
}

function heard(db: Connection, contact: string, at: number): void {
  db.run("UPDATE contact SET last_user_at = max(coalesce(last_user_at, 0), ?) WHERE id = ?", at, contact);
}

function addSend(db: Connection, contact: string, { send }: Of<"send">): void {
  db.run(
    "INSERT INTO send (contact, turn, idx, last, body, window_ms, policy, of, ask, conversation, at, state, due, trace, life_ms, silent) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'ready', ?11, ?12, ?13, ?14)",
    contact,
    send.turn,
    send.index,
    send.last ? 1 : 0,
    JSON.stringify(send.body),
    send.windowMs,
    send.policy,
    send.of,
    send.ask,
    send.conversation,
    send.at,
    send.trace ?? null,
    send.lifeMs ?? null,
    send.silent ? 1 : 0,
  );
}

function setTimer(db: Connection, contact: string, { timer }: Of<"timer">): void {
  db.run(
    "INSERT OR REPLACE INTO timer (contact, kind, name, armed, due, ms, turn, args, trace) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    contact,
    timer.kind,
    timer.name,
    timer.armed,
    timer.due,
    timer.ms,
    timer.turn,
    JSON.stringify(timer.args),
    timer.trace ?? null,
  );
}

function addAction(db: Connection, contact: string, { action }: Of<"action">): void {
  db.run(
    "INSERT INTO action (id, contact, call, armed, action, args, timeout_ms, once, at, trace, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ready')",
    action.id,
    contact,
    action.call,
    action.armed,
    action.action,
    JSON.stringify(action.args),
    action.timeoutMs,
    action.once ? 1 : 0,
    action.at,
    action.trace ?? null,
  );
}

const DROP_OLD_COPIES = `
DELETE FROM copy WHERE seq IN (SELECT seq FROM copy WHERE contact = ? ORDER BY seq DESC LIMIT -1 OFFSET ${COPIES_KEPT})`;

function addCopy(db: Connection, contact: string, { copy }: Of<"copy">): void {
  db.run(
    "INSERT OR REPLACE INTO copy (contact, conversation, turn, json) VALUES (?, ?, ?, ?)",
    contact,
    copy.conversation.id,
    copy.turn,
    JSON.stringify(copy),
  );
  const { n } = db.get("SELECT count(*) AS n FROM copy WHERE contact = ?", contact) ?? { n: 0 };
  if (Number(n) > COPIES_KEPT) db.run(DROP_OLD_COPIES, contact);
}

function forget(db: Connection, contact: string): void {
  db.run("DELETE FROM timer WHERE contact = ?", contact);
  db.run("DELETE FROM copy WHERE contact = ?", contact);
  db.run("DELETE FROM filed WHERE contact = ?", contact);
  db.run("DELETE FROM send WHERE contact = ? AND NOT (state IN ('ready', 'inflight', 'doubt'))", contact);
  dropHeld(db, contact);
}

function dropHeld(db: Connection, contact: string): void {
  db.run("DELETE FROM held WHERE contact = ?", contact);
  db.run("UPDATE contact SET held = 0 WHERE id = ?", contact);
}

function moveSend(db: Connection, storeId: string, { send, to }: Of<"moveSend">): void {
  const sequence = sequenceOf(storeId, send);
  if (sequence === undefined) return;
  db.run(
    "UPDATE send SET state = ?, body = coalesce(?, body), due = coalesce(?, due), wamid = coalesce(?, wamid), error = coalesce(?, error) WHERE seq = ?",
    to.state,
    isOpen(to.state) ? null : GONE_JSON,
    to.due ?? null,
    to.wamid ?? null,
    to.error ?? null,
    sequence,
  );
}

function file(db: Connection, contact: string, { file: filed }: Of<"file">): void {
  db.run(
    "INSERT OR REPLACE INTO filed (id, kind, reason, at, event, contact) VALUES (?, ?, ?, ?, ?, ?)",
    filed.id,
    filed.kind,
    filed.reason,
    filed.at,
    filed.event ? JSON.stringify(filed.event) : null,
    contact,
  );
}
