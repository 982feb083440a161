/** The tables of the memory store: maps of immutable rows, each change of which can be undone. */
import type { ActionRow, ContactRow, FiledRow, NewSend, SendState, TimerRow } from "../../store.ts";

export interface ContactRecord {
  readonly row: ContactRow;
  /** JSON, as a database would hold it: nobody shares objects with the store. */
  readonly snapshot: string | null;
  readonly lastUserAt: number | null;
  readonly held: readonly string[];
  readonly copies: readonly CopyRecord[];
  /** Ids of the open sends, oldest first. */
  readonly open: readonly string[];
}

export interface CopyRecord {
  readonly conversation: string;
  readonly turn: number;
  readonly json: string;
}

export interface SendRecord {
  readonly id: string;
  readonly contact: string;
  readonly send: NewSend;
  readonly state: SendState;
  readonly attempt: number;
  readonly due: number;
  readonly wamid: string | null;
  readonly error: number | null;
}

export interface TimerRecord {
  readonly contact: string;
  readonly timer: TimerRow;
}

export interface State {
  lastSend: number;
  readonly machines: Map<string, string>;
  readonly contacts: Map<string, ContactRecord>;
  readonly aliases: Map<string, string>;
  readonly dedupe: Map<string, number>;
  readonly sends: Map<string, SendRecord>;
  readonly wamids: Map<string, string>;
  readonly timers: Map<string, TimerRecord>;
  readonly actions: Map<string, ActionRow>;
  readonly filed: Map<string, FiledRow>;
  /** Contacts that `forget` was written for, for stores that hold only a part of what a contact has. */
  readonly forgotten: Map<string, true>;
  /** Undoes the changes since the last savepoint, newest last. */
  readonly undo: (() => void)[];
}

export function emptyState(): State {
  return {
    lastSend: 0,
    machines: new Map(),
    contacts: new Map(),
    aliases: new Map(),
    dedupe: new Map(),
    sends: new Map(),
    wamids: new Map(),
    timers: new Map(),
    actions: new Map(),
    filed: new Map(),
    forgotten: new Map(),
    undo: [],
  };
}

export function put<K, V>(state: State, table: Map<K, V>, key: K, value: V): void {
  const before = table.get(key);
  state.undo.push(() => {
    if (before === undefined) table.delete(key);
    else table.set(key, before);
  });
  table.set(key, value);
}

export function remove<K, V>(state: State, table: Map<K, V>, key: K): void {
  const before = table.get(key);
  if (before === undefined) return;
  state.undo.push(() => {
    table.set(key, before);
  });
  table.delete(key);
}

export function rollBack(state: State, to: number): void {
  while (state.undo.length > to) state.undo.pop()?.();
}

export function removeSend(state: State, { id, wamid }: SendRecord): void {
  remove(state, state.sends, id);
  if (wamid !== null) remove(state, state.wamids, wamid);
}

/** Changes the contact's record; a contact that is not there is a bug of ours. */
export function changeContact(
  state: State,
  id: string,
  change: (record: ContactRecord) => Partial<ContactRecord>,
): void {
  const record = state.contacts.get(id);
  if (!record) throw new Error("a write for a contact that does not exist");
  put(state, state.contacts, id, { ...record, ...change(record) });
}

export function timerKey(contact: string, timer: { readonly kind: string; readonly name: string }): string {
  return `${contact}/${timer.kind}/${timer.name}`;
}
