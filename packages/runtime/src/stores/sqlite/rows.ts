/** Rows of the tables as the store's values. The tables are STRICT: a column holds what the schema says, or null. */
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
  TimerRow,
} from "../../store.ts";
import type { Row } from "./connection.ts";

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

export function snapshotOf(row: Row): Snapshot | null {
  const json = textOrNull(row, "snapshot");
  return json === null ? null : (JSON.parse(json) as Snapshot);
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

/** Number of a send id `<store>-<number>`; none where the id is of another store. */
export function sequenceOf(storeId: string, send: string): number | undefined {
  const prefix = `${storeId}-`;
  return send.startsWith(prefix) ? Number(send.slice(prefix.length)) : undefined;
}

/** Of a row of `send` joined with its contact. */
export function sendOf(storeId: string, row: Row): SendRow {
  return {
    id: `${storeId}-${integer(row, "seq")}`,
    contact: contactOf(row, "contact"),
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
    state: text(row, "state") as SendState,
    attempt: integer(row, "attempt"),
    due: integer(row, "due"),
    wamid: textOrNull(row, "wamid"),
    error: integerOrNull(row, "error"),
    ...lifeOf(row),
    ...(integer(row, "silent") === 1 ? { silent: true } : {}),
    ...traceOf(row),
  };
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

export function copyOf(row: Row): KeptCopy {
  return JSON.parse(text(row, "json")) as KeptCopy;
}

export function eventOf(row: Row): Event {
  return JSON.parse(text(row, "event")) as Event;
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

function lifeOf(row: Row): { readonly lifeMs?: number } {
  const lifeMs = integerOrNull(row, "life_ms");
  return lifeMs === null ? {} : { lifeMs };
}

/** What a turn caused knows the turn's trace, where somebody traces. */
function traceOf(row: Row): { readonly trace?: string } {
  const trace = textOrNull(row, "trace");
  return trace === null ? {} : { trace };
}
