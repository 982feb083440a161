import type { SendMove, Write } from "../../store.ts";
import { COPIES_KEPT, GONE, isOpen, laterOf } from "../rules.ts";
import { changeContact, put, remove, removeSend, type State, timerKey } from "./state.ts";

/** Prefix of the send ids of all memory stores: nothing of theirs outlives the process. */
export const MEMORY_STORE_ID = "m";

/** Writes for an arrival whose contact is not known can only be of kinds that name no contact. */
export function write(state: State, contact: string, change: Write): void {
  switch (change.kind) {
    case "snapshot":
      changeContact(state, contact, ({ lastUserAt }) => ({
        snapshot: JSON.stringify(change.snapshot),
        lastUserAt: laterOf(lastUserAt, change.snapshot.lastUserAt),
      }));
      break;
    case "heard":
      changeContact(state, contact, (record) => ({ lastUserAt: laterOf(record.lastUserAt, change.at) }));
      break;
    case "send":
      addSend(state, contact, change);
      break;
    case "timer":
      put(state, state.timers, timerKey(contact, change.timer), { contact, timer: change.timer });
      break;
    case "dropTimer":
      remove(state, state.timers, timerKey(contact, change.timer));
      break;
    case "dropSchedules":
      dropTimers(state, contact, "schedule");
      break;
    case "arm":
      arm(state, contact, change.turn, change.at);
      break;
    case "action":
      put(state, state.actions, change.action.id, { ...change.action, contact, state: "ready" });
      break;
    case "dropAction":
      remove(state, state.actions, change.action);
      break;
    case "copy":
      addCopy(state, contact, change);
      break;
    case "hold":
      changeContact(state, contact, ({ held }) => ({ held: [...held, JSON.stringify(change.event)] }));
      break;
    case "dropHeld":
      changeContact(state, contact, () => ({ held: [] }));
      break;
    case "forget":
      put(state, state.forgotten, contact, true);
      dropTimers(state, contact, "schedule");
      dropTimers(state, contact, "timer");
      changeContact(state, contact, () => ({ copies: [], held: [] }));
      for (const filed of state.filed.values()) if (filed.contact === contact) remove(state, state.filed, filed.id);
      forgetSends(state, contact);
      break;
    case "moveSend":
      moveSend(state, change.send, change.to);
      break;
    case "dropSends":
      dropSends(state, contact, change.turn);
      break;
    case "paceSends":
      paceSends(state, contact, change.at);
      break;
    case "apology":
      changeContact(state, contact, ({ row }) => ({ row: { ...row, apologyAt: change.at } }));
      break;
    case "file":
      put(state, state.filed, change.file.id, { ...change.file, contact });
      break;
    case "dropFiled":
      remove(state, state.filed, change.filed);
      break;
    default:
      change satisfies never;
  }
}

function addSend(state: State, contact: string, { send }: Extract<Write, { kind: "send" }>): void {
  state.lastSend += 1;
  const id = `${MEMORY_STORE_ID}-${state.lastSend}`;
  put(state, state.sends, id, {
    id,
    contact,
    send,
    state: "ready",
    attempt: 0,
    due: send.at,
    wamid: null,
    error: null,
  });
  changeContact(state, contact, ({ open }) => ({ open: [...open, id] }));
}

function dropTimers(state: State, contact: string, kind: "timer" | "schedule"): void {
  for (const record of state.timers.values())
    if (record.contact === contact && record.timer.kind === kind)
      remove(state, state.timers, timerKey(contact, record.timer));
}

function arm(state: State, contact: string, turn: number, at: number): void {
  for (const { contact: of, timer } of state.timers.values())
    if (of === contact && timer.turn === turn && timer.due === null)
      put(state, state.timers, timerKey(contact, timer), { contact, timer: { ...timer, due: at + timer.ms } });
}

function addCopy(state: State, contact: string, { copy }: Extract<Write, { kind: "copy" }>): void {
  const added = { conversation: copy.conversation.id, turn: copy.turn, json: JSON.stringify(copy) };
  changeContact(state, contact, ({ copies }) => ({
    copies: [
      ...copies.filter((old) => old.conversation !== added.conversation || old.turn !== added.turn),
      added,
    ].slice(-COPIES_KEPT),
  }));
}

function moveSend(state: State, id: string, to: SendMove): void {
  const record = state.sends.get(id);
  if (!record) return;
  const wamid = to.wamid ?? record.wamid;
  const error = to.error ?? record.error;
  const send = isOpen(to.state) ? record.send : { ...record.send, body: GONE };
  put(state, state.sends, id, { ...record, send, state: to.state, due: to.due ?? record.due, wamid, error });
  if (wamid !== null) put(state, state.wamids, wamid, id);
  if (isOpen(record.state) && !isOpen(to.state))
    changeContact(state, record.contact, ({ open }) => ({ open: open.filter((other) => other !== id) }));
}

function forgetSends(state: State, contact: string): void {
  for (const record of state.sends.values())
    if (record.contact === contact && !isOpen(record.state)) removeSend(state, record);
}

function paceSends(state: State, contact: string, at: number): void {
  for (const id of state.contacts.get(contact)?.open ?? []) {
    const record = state.sends.get(id);
    if (record?.state === "ready" && record.attempt === 0) put(state, state.sends, id, { ...record, due: at });
  }
}

function dropSends(state: State, contact: string, turn: number): void {
  for (const id of state.contacts.get(contact)?.open ?? []) {
    const record = state.sends.get(id);
    if (record?.state === "ready" && record.send.turn === turn) moveSend(state, id, { state: "dropped" });
  }
}
