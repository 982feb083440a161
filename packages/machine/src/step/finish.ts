/** The end of a turn: what is remembered, and the timers and copies that go with it. */
import { StepError } from "../errors.ts";
import type { StepResult, TimerName } from "../events.ts";
import type { Conversation, Snapshot, Tapped } from "../snapshot.ts";
import { timerNames } from "./timers.ts";
import { type Draft, isEmpty, type Turn } from "./turn.ts";

export function finish(turn: Turn): StepResult<Snapshot> {
  const conversation = turn.conversation && conversationOf(turn, turn.conversation);
  keepCopy(turn, conversation);
  setTimers(turn, conversation);
  const tapped = tappedOf(turn);
  const snapshot: Snapshot = {
    v: 1,
    machine: turn.machine.hash,
    turn: turn.number,
    locale: turn.contactLocale,
    contact: turn.contact,
    profile: turn.profile,
    lastUserAt: turn.lastUserAt,
    reply: turn.reply,
    pending: turn.pending,
    conversation,
  };
  return {
    snapshot: tapped ? { ...snapshot, tapped } : snapshot,
    effects: turn.effects,
    trace: turn.trace,
    ...(turn.left.length > 0 ? { left: turn.left } : {}),
  };
}

/** The object that was there, where nothing changed. */
function conversationOf(turn: Turn, draft: Draft): Conversation {
  const { id, frames, wait, interrupted } = draft;
  if (!wait) throw new StepError("a conversation that waits for nothing", { flow: frames.at(-1)?.flow ?? "", at: "" });
  const before = turn.before?.conversation;
  const same = before?.id === id && before.frames === frames && before.wait === wait;
  if (before && same && before.interrupted === interrupted) return before;
  return interrupted ? { id, frames, wait, interrupted } : { id, frames, wait };
}

/** Each ask that was sent keeps a copy, to be answered later from an earlier message. */
function keepCopy(turn: Turn, conversation: Conversation | null): void {
  if (conversation?.wait.kind !== "ask" || conversation.wait.turn !== turn.number) return;
  turn.effects.push({ kind: "keep", copy: { ask: conversation.wait.id, turn: turn.number, conversation } });
}

function setTimers(turn: Turn, conversation: Conversation | null): void {
  const { machine, before, timers } = turn;
  const isKept = !isEmpty(turn.pending) && conversation !== null;
  if (!timers && conversation && conversation === before?.conversation && turn.pending === before.pending) return;
  const names = namesWith(timerNames(machine, conversation), isKept && timers?.quiet !== undefined);
  const earlier = namesWith(
    timerNames(machine, before?.conversation ?? null),
    before !== null && !isEmpty(before.pending),
  );
  for (const name of earlier) if (!names.includes(name)) turn.effects.push({ kind: "cancelTimer", name });
  if (!timers) return;
  for (const name of names) {
    const timer = timers[name];
    if (timer) turn.effects.push(timer);
  }
}

function namesWith(names: readonly TimerName[], quiet: boolean): readonly TimerName[] {
  return quiet ? [...names, "quiet"] : names;
}

/** The last tap, with when it was first answered. */
function tappedOf(turn: Turn): Tapped | null {
  const { tapped } = turn;
  if (!tapped || tapped.answeredAt !== undefined) return tapped;
  // Nothing more will answer a tap whose conversation is over.
  const isOver = turn.conversation?.id !== tapped.conversation;
  return isOver || turn.effects.some(({ kind }) => kind === "send") ? { ...tapped, answeredAt: turn.now } : tapped;
}
