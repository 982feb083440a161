/**
 * Reads what a killed process left and holds it against what it had said. Each contact's messages are a list that each
 * step appends to (`log` of the fake interpreter): no loss after the answer, nothing twice, no gap, and as many sends as
 * the steps caused.
 */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** Messages of one contact: `c<contact>m<index>`; each fifth one starts an action. */
export function messageId(contact: number, index: number): string {
  return `c${contact}m${index}`;
}

export function startsAction(index: number): boolean {
  return index % 5 === 4;
}

export interface Found {
  /** Messages that were answered 200 and are not there. */
  readonly lost: number;
  readonly broken: readonly string[];
  /** Messages that are there, by contact. */
  readonly kept: ReadonlyMap<number, number>;
}

interface ContactRow {
  readonly id: string;
  readonly phone: string;
  readonly snapshot: string | null;
}

function contactOf(phone: string): number {
  return Number(phone.slice(-4)) - 1000;
}

export function phoneOf(contact: number): string {
  return `1650555${1000 + contact}`;
}

function checkContact(db: DatabaseSync, row: ContactRow, broken: string[]): number {
  const contact = contactOf(row.phone);
  const snapshot = (row.snapshot === null ? null : JSON.parse(row.snapshot)) as {
    readonly turn: number;
    readonly profile: { readonly log?: readonly string[] };
  } | null;
  const log = snapshot?.profile.log ?? [];
  const held = db
    .prepare("SELECT event FROM held WHERE contact = ? ORDER BY seq")
    .all(row.id)
    .map((one) => (JSON.parse(String(one["event"])) as { readonly messageId: string }).messageId);
  const messages = [...log.filter((id) => id.startsWith("c")), ...held];
  messages.forEach((id, index) => {
    if (id !== messageId(contact, index)) broken.push(`${messageId(contact, index)} is ${id}`);
  });
  if ((snapshot?.turn ?? 0) !== log.length)
    broken.push(`${row.phone}: ${log.length} steps made turn ${snapshot?.turn}`);
  const caused = log.filter((id) => !id.startsWith("c") || !startsAction(Number(id.split("m")[1]))).length;
  const sends = db
    .prepare("SELECT count(*) AS n, count(DISTINCT turn || '/' || idx) AS d FROM send WHERE contact = ?")
    .get(row.id);
  if (Number(sends?.["n"]) !== caused || Number(sends?.["d"]) !== caused)
    broken.push(`${row.phone}: ${Number(sends?.["n"])} sends of ${caused}`);
  return messages.length;
}

/** Sends that a status settled. */
export function settledSends(path: string): number {
  const db = new DatabaseSync(path);
  const row = db.prepare("SELECT count(*) AS n FROM send WHERE state IN ('sent', 'delivered', 'read')").get();
  db.close();
  return Number(row?.["n"]);
}

/** `acked`: messages by contact that were answered 200. The process that wrote the file is dead. */
export function checkHistory(path: string, acked: ReadonlyMap<number, number>): Found {
  const broken: string[] = [];
  const kept = new Map<number, number>();
  if (existsSync(path)) {
    const db = new DatabaseSync(path);
    const whole = db.prepare("PRAGMA integrity_check").get();
    if (whole?.["integrity_check"] !== "ok") broken.push(`the file is damaged: ${String(whole?.["integrity_check"])}`);
    const tables = db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'contact'").get();
    if (Number(tables?.["n"]) === 1) {
      const rows = db.prepare("SELECT id, phone, snapshot FROM contact").all() as unknown as readonly ContactRow[];
      for (const row of rows) kept.set(contactOf(row.phone), checkContact(db, row, broken));
    }
    db.close();
  }
  let lost = 0;
  for (const [contact, count] of acked) lost += Math.max(0, count - (kept.get(contact) ?? 0));
  return { lost, broken, kept };
}
