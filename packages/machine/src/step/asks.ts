/** Sends asks: the message, what is remembered of it, and its first time-out. */
import { StepError } from "../errors.ts";
import type { AskDef, Expr, FlowDef, ForDef, Pc, Value } from "../format.ts";
import { renderAsk } from "../render/ask.ts";
import { sendingOf } from "../render/message.ts";
import { renderNumbered } from "../render/numbered.ts";
import { type Shown, shownOptions } from "../render/options.ts";
import type { Scope } from "../render/scope.ts";
import type { Wait } from "../snapshot.ts";
import { draftOf, standAt } from "./frames.ts";
import { liveScope, type Prompt, type Rows } from "./live-scope.ts";
import { conversationTimer } from "./timers.ts";
import { note, setTimer, type Turn } from "./turn.ts";

export type AskWait = Extract<Wait, { kind: "ask" }>;

export interface Again {
  readonly wait: AskWait;
  /** Wrong answers so far. */
  readonly wrong: number;
  readonly numbered?: true;
}

/** A wait that is sent again: with its wrong answers, and as text where it had to go out as text. */
export function againOf(wait: AskWait): Again {
  return { wait, wrong: wait.wrong, ...(wait.numbered ? { numbered: true } : {}) };
}

export function askOf(turn: Turn, id: string): AskDef {
  const ask = turn.machine.asks[id];
  if (!ask) throw new StepError(`the machine has no ask ${id}`);
  return ask;
}

/**
 * Sends the ask and waits for its answer. Where there is nothing to choose from, nothing is sent and the pc of `empty`
 * comes back. `again`: it was sent before and is still waited at.
 */
export function sendAsk(turn: Turn, ask: AskDef, again?: Again): Pc | undefined {
  const conversation = draftOf(turn);
  const prompt: Prompt = { ask: ask.id, conversation: conversation.id, turn: turn.number };
  const scope = liveScope(turn, turn.locale, prompt);
  const shown = shownOptions(scope, ask);
  if (shown?.count === 0 && ask.empty !== undefined) return ask.empty;
  if (shown?.count === 0 && !ask.answer) throw new StepError(`the ask ${ask.id} has no option to choose`);
  const numbered = again?.numbered && shown ? shown : undefined;
  sendPrompt(turn, scope, ask, shown, numbered !== undefined);
  standAt(turn, ask.id);
  conversation.wait = waitOf(turn, ask, shown, again, numbered !== undefined);
  note(turn, { kind: "ask", ask: ask.id, again: again !== undefined });
  armAfter(turn, ask, 0, turn.number, "accepted");
  return undefined;
}

function sendPrompt(turn: Turn, scope: Scope, ask: AskDef, shown: Shown | undefined, numbered: boolean): void {
  for (const id of shown?.dropped ?? []) note(turn, { kind: "row-dropped", ask: ask.id, id });
  const template = ask.prompt.kind === "template" ? ask.prompt.template : undefined;
  const { window, category } = sendingOf(turn, template);
  const message = numbered && shown ? renderNumbered(scope, ask, shown) : renderAsk(scope, ask, shown);
  turn.effects.push({ kind: "send", message, window, category, ask: ask.id, of: ask.id });
}

function waitOf(
  turn: Turn,
  ask: AskDef,
  shown: Shown | undefined,
  again: Again | undefined,
  numbered: boolean,
): AskWait {
  const { number, now, locale } = turn;
  const base = { kind: "ask", id: ask.id, turn: number, sentAt: now, locale, wrong: 0, afters: 0 } as const;
  const rows = shown && rowsOf(shown, turn.prepared.flow(ask.flow).def.lets);
  if (!again && !rows) return base;
  return {
    ...base,
    ...(again ? { wrong: again.wrong, since: again.wait.since ?? again.wait.turn } : {}),
    ...(numbered ? { numbered: true as const } : {}),
    ...(rows ? { rows } : {}),
  };
}

/** The rows of each `for` whose list may change, with the ids that they were sent under. */
function rowsOf(shown: Shown, lets: FlowDef["lets"]): Rows | undefined {
  let rows: Record<string, (readonly [string, Value])[]> | undefined;
  for (const { options } of shown.sections) {
    for (const { id, loop, row } of options) {
      if (!loop || isFixed(lets, loop)) continue;
      rows ??= {};
      rows[loop.slot] ??= [];
      rows[loop.slot]?.push([id, row ?? null]);
    }
  }
  return rows;
}

/** A list that a `let` holds stays as it is until the state is left, and so do ids that come from its rows alone. */
function isFixed(lets: FlowDef["lets"], { list, slot, rows }: ForDef): boolean {
  if (!Array.isArray(list) || list[0] !== "get" || !Object.hasOwn(lets, list[1])) return false;
  return rows.every(({ id }) => typeof id === "string" || isOfRow(id.e, slot));
}

function isOfRow(e: Expr, slot: string): boolean {
  if (!Array.isArray(e)) return true;
  return e[0] === "field" ? isOfRow(e[1], slot) : e[0] === "get" && e[1] === slot;
}

/** Sets the time-out at `index`, if there is one: `delay` ms from now, or its own time after WhatsApp accepted the ask. */
export function armAfter(
  turn: Turn,
  ask: AskDef,
  index: number,
  armed: number,
  from: "now" | "accepted",
  delay?: number,
): void {
  const after = ask.after[index];
  if (after) setTimer(turn, conversationTimer(turn, "after"), armed, delay ?? after.ms, from);
}

/** Sends another page of the ask that a tap names; it changes nothing. */
export function sendPage(turn: Turn, ask: AskDef, prompt: Prompt, locale: string, page: number): void {
  const scope = liveScope(turn, locale, prompt);
  const shown = shownOptions(scope, ask);
  if (!shown || shown.count === 0) return;
  const message = renderAsk(scope, ask, shown, page);
  turn.effects.push({ kind: "send", message, window: true, category: "service", of: ask.id });
  note(turn, { kind: "send", message: ask.id });
}
