import type { Event, Snapshot } from "@parley/machine";
import type { Arrival, KeptCopy, Loaded, Quoted, SendRow } from "../../store.ts";
import { type People, resolveContact } from "../people.ts";
import { memoryPeople } from "./people.ts";
import { type ContactRecord, type SendRecord, type State, timerKey } from "./state.ts";

export function sendRow(state: State, record: SendRecord): SendRow {
  const contact = state.contacts.get(record.contact);
  if (!contact) throw new Error("a send of a contact that does not exist");
  const { send, id, state: at, attempt, due, wamid, error } = record;
  return { ...send, id, contact: contact.row, state: at, attempt, due, wamid, error };
}

function quotedAsk(state: State, contact: string, quoted: Quoted): Loaded["quoted"] {
  const id = quoted.wamid === undefined ? undefined : state.wamids.get(quoted.wamid);
  const record = id === undefined ? undefined : state.sends.get(id);
  if (!record || record.contact !== contact) return undefined;
  const { ask, conversation, turn } = record.send;
  return ask === null || conversation === null ? undefined : { ask, conversation, turn };
}

function copyOf(
  record: ContactRecord,
  conversation: string | undefined,
  turn: number | undefined,
): KeptCopy | undefined {
  const found = record.copies.find((copy) => copy.conversation === conversation && copy.turn === turn);
  return found && (JSON.parse(found.json) as KeptCopy);
}

function loadQuoted(state: State, record: ContactRecord, quoted: Quoted | undefined): Partial<Loaded> {
  if (!quoted) return {};
  const ask = quotedAsk(state, record.row.id, quoted);
  const copy = copyOf(record, quoted.conversation ?? ask?.conversation, quoted.turn ?? ask?.turn);
  return { ...(ask ? { quoted: ask } : {}), ...(copy ? { copy } : {}) };
}

function loadContact(state: State, id: string | undefined, quoted: Quoted | undefined, rest: Partial<Loaded>): Loaded {
  const record = id === undefined ? undefined : state.contacts.get(id);
  if (!record) return { contact: null, snapshot: null, lastUserAt: null, held: [], ...rest };
  return {
    contact: record.row,
    snapshot: record.snapshot === null ? null : (JSON.parse(record.snapshot) as Snapshot),
    lastUserAt: record.lastUserAt,
    held: record.held.map((json) => JSON.parse(json) as Event),
    ...loadQuoted(state, record, quoted),
    ...rest,
  };
}

/** What is there for an arrival; makes its contact where it asks for that. */
export function load(state: State, { find }: Arrival, people: People = memoryPeople(state)): Loaded {
  switch (find.by) {
    case "address": {
      const id = resolveContact(people, find);
      return loadContact(state, id, find.quoted, {});
    }
    case "send": {
      const id = find.send ?? (find.wamid === undefined ? undefined : state.wamids.get(find.wamid));
      const record = id === undefined ? undefined : state.sends.get(id);
      return loadContact(state, record?.contact, undefined, record ? { send: sendRow(state, record) } : {});
    }
    case "timer": {
      const record = state.timers.get(timerKey(find.contact, find.timer));
      return loadContact(state, find.contact, undefined, record ? { timer: record.timer } : {});
    }
    case "action": {
      const action = state.actions.get(find.action);
      return loadContact(state, action?.contact, undefined, action ? { action } : {});
    }
    case "filed": {
      const filed = state.filed.get(find.filed);
      return loadContact(state, filed?.contact, undefined, filed ? { filed } : {});
    }
    default:
      return find satisfies never;
  }
}
