import type { ActionRow, Claimed, ClaimRequest, Planned, SendRow } from "../../store.ts";
import { windowIsOpen } from "../rules.ts";
import { sendRow } from "./load.ts";
import { type ContactRecord, put, type SendRecord, type State } from "./state.ts";

function heads(state: State): { readonly contact: ContactRecord; readonly head: SendRecord }[] {
  return [...state.contacts.values()].flatMap((contact) => {
    const head = contact.open[0] === undefined ? undefined : state.sends.get(contact.open[0]);
    return head ? [{ contact, head }] : [];
  });
}

function claimSends(state: State, { now, sends }: ClaimRequest): Pick<Claimed, "sends" | "closed" | "doubtful"> {
  const out = { sends: [] as SendRow[], closed: [] as SendRow[], doubtful: [] as SendRow[] };
  const due = heads(state).filter(({ head }) => head.state !== "inflight" && head.due <= now);
  for (const { contact, head } of due.toSorted((a, b) => a.head.due - b.head.due)) {
    if (head.state === "doubt") out.doubtful.push(sendRow(state, head));
    else if (!windowIsOpen(head.send.windowMs, contact.lastUserAt, now)) out.closed.push(sendRow(state, head));
    else if (out.sends.length < sends) {
      const claimed: SendRecord = { ...head, state: "inflight", attempt: head.attempt + 1, due: now };
      put(state, state.sends, head.id, claimed);
      out.sends.push(sendRow(state, claimed));
    }
  }
  return out;
}

function claimActions(state: State, { actions }: ClaimRequest): Claimed["actions"] {
  const waiting = [...state.actions.values()].filter((action) => action.state !== "running").slice(0, actions);
  return waiting.map((action) => {
    if (action.state === "lost") return action;
    const claimed: ActionRow = { ...action, state: "running" };
    put(state, state.actions, action.id, claimed);
    return claimed;
  });
}

function timerDue(due: number | null, { overdue }: Pick<Planned, "overdue">): number {
  if (due === null) return Number.POSITIVE_INFINITY;
  return due <= overdue.at ? Math.max(due, overdue.until) : due;
}

export function claim(state: State, request: ClaimRequest): Claimed {
  const timers = [...state.timers.values()]
    .filter(({ timer }) => timerDue(timer.due, request) <= request.now)
    .toSorted((a, b) => (a.timer.due ?? 0) - (b.timer.due ?? 0))
    .slice(0, request.timers);
  return { ...claimSends(state, request), actions: claimActions(state, request), timers };
}

export function nextDue(state: State, planned: Planned): number | undefined {
  const times = [...state.timers.values()].map(({ timer }) => timerDue(timer.due, planned));
  if (planned.sends) for (const { head } of heads(state)) if (head.state !== "inflight") times.push(head.due);
  for (const action of state.actions.values()) if (action.state !== "running") times.push(action.at);
  const next = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  return Number.isFinite(next) ? next : undefined;
}
