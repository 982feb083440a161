/** Sends asks: the message, what is remembered of it, and its first time-out. */
import { StepError } from "../errors.ts";
import type { AskDef, Expr, FlowDef, Pc, RowDef, SectionDef, SectionsDef } from "../format.ts";
import { renderAsk } from "../render/ask.ts";
import { shownProducts } from "../render/commerce.ts";
import { sendingOf } from "../render/message.ts";
import { renderNumbered } from "../render/numbered.ts";
import { type Looped, type Loops, type Shown, shownOptions } from "../render/options.ts";
import type { Scope } from "../render/scope.ts";
import type { SentRow, Wait } from "../snapshot.ts";
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
  if (ask.prompt.kind === "products") {
    const { count, dropped } = shownProducts(scope, ask.prompt);
    if (count === 0 && ask.empty !== undefined) return ask.empty;
    if (count === 0) throw new StepError(`the ask ${ask.id} has no product to show`);
    for (const id of dropped) note(turn, { kind: "row-dropped", ask: ask.id, id });
  }
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
  const hidden = shown && hiddenOf(ask, shown);
  if (!again && !rows && !hidden) return base;
  return {
    ...base,
    ...(again ? { wrong: again.wrong, since: again.wait.since ?? again.wait.turn } : {}),
    ...(numbered ? { numbered: true as const } : {}),
    ...(rows ? { rows } : {}),
    ...(hidden ? { hidden } : {}),
  };
}

/** Constant ids that a `when` kept from being shown; undefined for none. */
function hiddenOf({ prompt }: AskDef, { sections }: Shown): readonly string[] | undefined {
  if (prompt.kind !== "options") return undefined;
  const constant = prompt.sections.flatMap((section) =>
    "rows" in section ? section.rows.flatMap((row) => (row.kind === "option" ? [row.id] : [])) : [],
  );
  const seen = new Set(sections.flatMap(({ options }) => options.map(({ id }) => id)));
  const hidden = constant.filter((id) => typeof id === "string" && !seen.has(id)) as readonly string[];
  return hidden.length === 0 ? undefined : hidden;
}

/** The rows of each `for` whose list may change, with the ids that they were sent under. */
function rowsOf(shown: Shown, lets: FlowDef["lets"]): Rows | undefined {
  let keeping: Keeping | undefined;
  let fixed: { readonly loop: Looped["loop"]; readonly is: boolean } | undefined;
  for (const { options } of shown.sections) {
    for (const { id, loops } of options) {
      const [outermost] = loops ?? [];
      if (!loops || !outermost) continue;
      if (fixed?.loop !== outermost.loop) fixed = { loop: outermost.loop, is: isFixed(lets, outermost.loop) };
      if (fixed.is) continue;
      keeping ??= { rows: {}, indices: new Map() };
      keepRow(keeping, id, loops);
    }
  }
  return keeping?.rows;
}

interface Keeping {
  readonly rows: Record<string, SentRow[]>;
  /** Where the row of a `for` stands among those kept. */
  readonly indices: Map<Looped, number>;
}

function keepRow({ rows, indices }: Keeping, id: string, loops: Loops): void {
  let outer: number | undefined;
  for (const [depth, looped] of loops.entries()) {
    const { loop, row } = looped;
    const isOwn = depth === loops.length - 1;
    const before = indices.get(looped);
    if (isOwn || before === undefined) {
      rows[loop.slot] ??= [];
      const kept = rows[loop.slot] ?? [];
      const own = isOwn ? id : "";
      kept.push(outer === undefined ? [own, row] : [own, row, outer]);
      if (before === undefined) indices.set(looped, kept.length - 1);
    }
    outer = indices.get(looped);
  }
}

/** A list that a `let` holds stays as it is until the state is left, and so do rows and ids that come from its rows alone. */
function isFixed(lets: FlowDef["lets"], loop: Looped["loop"]): boolean {
  const { list, slot } = loop;
  return Array.isArray(list) && list[0] === "get" && Object.hasOwn(lets, list[1]) && areOfRows(loop, [slot]);
}

function areOfRows(part: Looped["loop"] | SectionDef, slots: readonly string[]): boolean {
  const parts: readonly (RowDef | SectionsDef)[] = "sections" in part ? part.sections : part.rows;
  return parts.every((inner) => {
    if (!("kind" in inner)) return areOfRows(inner, slots);
    if (inner.kind === "option") return typeof inner.id === "string" || isOfRow(inner.id.e, slots);
    return isOfRow(inner.list, slots) && areOfRows(inner, [...slots, inner.slot]);
  });
}

function isOfRow(e: Expr, slots: readonly string[]): boolean {
  if (!Array.isArray(e)) return true;
  return e[0] === "field" ? isOfRow(e[1], slots) : e[0] === "get" && slots.includes(e[1]);
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
