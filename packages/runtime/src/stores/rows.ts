/**
 * Rows of the tables as values of the store. The columns have the same names in every database, and types: each holds what
 * the schema says, or null.
 */
import type { Event, Snapshot, Value } from "@parley/machine";
import type {
  ActionRow,
  ContactRow,
  FiledRow,
  KeptCopy,
  NewSend,
  SendBody,
  SendRow,
  SendState,
  Sessions,
  TimerRow,
} from "../store.ts";
import type { SendRecord } from "./memory/state.ts";

export type Row = Readonly<Record<string, unknown>>;

export function text(row: Row, column: string): string {
  return row[column] as string;
}

export function textOrNull(row: Row, column: string): string | null {
  return (row[column] ?? null) as string | null;
}

export function integer(row: Row, column: string): number {
  return row[column] as number;
}

export function integerOrNull(row: Row, column: string): number | null {
  return (row[column] ?? null) as number | null;
}

/** Number of a send id `<store>-<number>`; none where the id is of another store. */
export function sequenceOf(storeId: string, send: string): number | undefined {
  const digits = send.startsWith(`${storeId}-`) ? send.slice(storeId.length + 1) : "";
  return /^[0-9]{1,15}$/.test(digits) ? Number(digits) : undefined;
}

export function sessionsOf(row: Row): Sessions {
  return { flow: textOrNull(row, "flow"), machine: text(row, "machine"), conversations: integer(row, "n") };
}

export function contactOf(row: Row, id: string = "id"): ContactRow {
  return {
    id: text(row, id),
    phone: textOrNull(row, "phone"),
    userId: textOrNull(row, "user_id"),
    name: textOrNull(row, "name"),
    apologyAt: integerOrNull(row, "apology_at"),
  };
}

function newSendOf(row: Row): NewSend {
  const lifeMs = integerOrNull(row, "life_ms");
  return {
    turn: integer(row, "turn"),
    index: integer(row, "idx"),
    last: integer(row, "last") === 1,
    body: JSON.parse(text(row, "body")) as SendBody,
    windowMs: integerOrNull(row, "window_ms"),
    policy: text(row, "policy") as NewSend["policy"],
    of: text(row, "of"),
    ask: textOrNull(row, "ask"),
    conversation: textOrNull(row, "conversation"),
    at: integer(row, "at"),
    ...(lifeMs === null ? {} : { lifeMs }),
    ...(integer(row, "silent") === 1 ? { silent: true } : {}),
    ...traceOf(row),
  };
}

export function sendRecord(storeId: string, row: Row): SendRecord {
  return {
    id: `${storeId}-${integer(row, "seq")}`,
    contact: text(row, "contact"),
    send: newSendOf(row),
    state: text(row, "state") as SendState,
    attempt: integer(row, "attempt"),
    due: integer(row, "due"),
    wamid: textOrNull(row, "wamid"),
    error: integerOrNull(row, "error"),
  };
}

/** Of a row of `send` joined with its contact. */
export function sendOf(storeId: string, row: Row): SendRow {
  const { send, ...rest } = sendRecord(storeId, row);
  return { ...send, ...rest, contact: contactOf(row, "contact") };
}

export function timerOf(row: Row): TimerRow {
  return {
    kind: text(row, "kind") as TimerRow["kind"],
    name: text(row, "name"),
    armed: integer(row, "armed"),
    due: integerOrNull(row, "due"),
    ms: integer(row, "ms"),
    turn: integer(row, "turn"),
    args: JSON.parse(text(row, "args")) as readonly Value[],
    ...traceOf(row),
  };
}

export function actionOf(row: Row): ActionRow {
  return {
    id: text(row, "id"),
    contact: text(row, "contact"),
    call: text(row, "call"),
    armed: integer(row, "armed"),
    action: text(row, "action"),
    args: JSON.parse(text(row, "args")) as Readonly<Record<string, Value>>,
    timeoutMs: integer(row, "timeout_ms"),
    once: integer(row, "once") === 1,
    at: integer(row, "at"),
    state: text(row, "state") as ActionRow["state"],
    ...traceOf(row),
  };
}

export function filedOf(row: Row): FiledRow {
  const event = textOrNull(row, "event");
  return {
    id: text(row, "id"),
    kind: text(row, "kind") as FiledRow["kind"],
    reason: text(row, "reason"),
    at: integer(row, "at"),
    event: event === null ? null : (JSON.parse(event) as Event),
    contact: text(row, "contact"),
  };
}

function traceOf(row: Row): { readonly trace?: string } {
  const trace = textOrNull(row, "trace");
  return trace === null ? {} : { trace };
}

export function snapshotOf(row: Row): Snapshot | null {
  const json = textOrNull(row, "snapshot");
  return json === null ? null : (JSON.parse(json) as Snapshot);
}

export function copyOf(row: Row): KeptCopy {
  return JSON.parse(text(row, "json")) as KeptCopy;
}

export function eventOf(row: Row): Event {
  return JSON.parse(text(row, "event")) as Event;
}
