import type { Snapshot } from "@parley/machine";
import type { ContactRow } from "../../store.ts";
import type { People } from "../people.ts";
import { absorbedStays, laterOf } from "../rules.ts";
import { type ContactRecord, changeContact, put, remove, type State, timerKey } from "./state.ts";

function snapshotOf(record: ContactRecord): Snapshot | null {
  return record.snapshot === null ? null : (JSON.parse(record.snapshot) as Snapshot);
}

/** Timers of the conversation that does not stay are gone; scheduled events of both stay, the kept contact's first. */
function moveTimers(state: State, from: string, to: string, absorbedStay: boolean): void {
  const loser = absorbedStay ? to : from;
  for (const { contact, timer } of state.timers.values())
    if (contact === loser && timer.kind === "timer") remove(state, state.timers, timerKey(contact, timer));
  for (const { contact, timer } of state.timers.values()) {
    if (contact !== from) continue;
    remove(state, state.timers, timerKey(from, timer));
    const key = timerKey(to, timer);
    if (!state.timers.has(key)) put(state, state.timers, key, { contact: to, timer });
  }
}

function moveRows(state: State, from: string, to: string): void {
  for (const record of state.sends.values())
    if (record.contact === from)
      put(state, state.sends, record.id, { ...record, contact: to, send: { ...record.send, turn: -1, last: false } });
  for (const filed of state.filed.values())
    if (filed.contact === from) put(state, state.filed, filed.id, { ...filed, contact: to });
  for (const [alias, id] of state.aliases) if (id === from) put(state, state.aliases, alias, to);
}

/** The conversation that stays keeps its timers, copies and actions; the other one's are gone. Sends go out in any case. */
function merge(state: State, from: string, to: string): void {
  const absorbed = state.contacts.get(from);
  const kept = state.contacts.get(to);
  if (!absorbed || !kept) return;
  const stays = absorbedStays(snapshotOf(absorbed), snapshotOf(kept));
  moveTimers(state, from, to, stays);
  moveRows(state, from, to);
  for (const action of state.actions.values())
    if (action.contact === from && stays) put(state, state.actions, action.id, { ...action, contact: to });
    else if (action.contact === (stays ? to : from)) remove(state, state.actions, action.id);
  const winner = stays ? absorbed : kept;
  changeContact(state, to, () => ({
    snapshot: winner.snapshot,
    copies: winner.copies,
    lastUserAt: laterOf(absorbed.lastUserAt, kept.lastUserAt),
    held: [...absorbed.held, ...kept.held],
    open: [...absorbed.open, ...kept.open].toSorted((a, b) => sequence(a) - sequence(b)),
  }));
  remove(state, state.contacts, from);
}

/** Send ids end in their number. */
export function sequence(send: string): number {
  return Number(send.slice(send.lastIndexOf("-") + 1));
}

export function memoryPeople(state: State): People {
  return {
    byAlias: (alias) => state.aliases.get(alias),
    row: (id) => state.contacts.get(id)?.row,
    create: (row: ContactRow) =>
      put(state, state.contacts, row.id, { row, snapshot: null, lastUserAt: null, held: [], copies: [], open: [] }),
    update: (row) => changeContact(state, row.id, () => ({ row })),
    link: (alias, id) => put(state, state.aliases, alias, id),
    merge: (from, to) => merge(state, from, to),
  };
}
