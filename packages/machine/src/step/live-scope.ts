/** The renderer's view of a turn: values. */
import type { ContactCard } from "@parley/whatsapp";
import { StepError } from "../errors.ts";
import { evaluate, isTrue } from "../expr/evaluate.ts";
import { printHole, printPlain, printTyped } from "../expr/print.ts";
import type { ForDef, Value } from "../format.ts";
import { own } from "../own.ts";
import type { MediaFile, Scope } from "../render/scope.ts";
import type { Wait } from "../snapshot.ts";
import { textOf } from "../text/localized.ts";
import { isRecord } from "../value/fits.ts";
import { wireTail } from "../wire-id.ts";
import type { Turn } from "./turn.ts";

export type Rows = NonNullable<Extract<Wait, { kind: "ask" }>["rows"]>;

export interface Prompt {
  readonly ask: string;
  readonly conversation: string;
  /** Of the message that the ids name. */
  readonly turn: number;
  /** As they were sent; absent: as they are now. */
  readonly rows?: Rows;
}

/** `prompt` is absent for messages that nobody answers. */
export function liveScope(turn: Turn, locale: string, prompt?: Prompt): Scope {
  const tail = prompt ? wireTail(prompt.conversation, prompt.turn) : "";
  return {
    machine: turn.machine,
    locale,
    text: (key) => textOf(turn.machine, key, locale),
    print: (hole) => printHole(turn, hole, evaluate),
    holds: (when) => isTrue(turn, when),
    each: (loop, visit) => eachRow(turn, loop, prompt?.rows, visit),
    optionId: (id) => (typeof id === "string" ? id : printPlain(evaluate(turn, id.e))),
    wireId: (option) => `${prompt?.ask}:${option}${tail}`,
    token: (ask) => `${ask}${tail}`,
    pageId: (page) => `${prompt?.ask}+${page}${tail}`,
    media: (value) => mediaFile(evaluate(turn, value)),
    degrees: (value, most) => degreesOf(evaluate(turn, value), most),
    card: (value) => contactCard(evaluate(turn, value)),
    value: (value) => evaluate(turn, value),
    argument: (value, type) => printTyped(turn, type, evaluate(turn, value), evaluate),
  };
}

/** Runs `use` with labels in this locale. */
export function inLocale<T>(turn: Turn, locale: string, use: () => T): T {
  const outer = turn.locale;
  turn.locale = locale;
  const result = use();
  turn.locale = outer;
  return result;
}

function eachRow(
  turn: Turn,
  loop: Pick<ForDef, "slot" | "list">,
  rows: Rows | undefined,
  visit: (row: Value) => void,
): void {
  const outer = turn.bound;
  const sent = rows && own(rows, loop.slot);
  const list = sent ?? evaluate(turn, loop.list);
  if (!Array.isArray(list)) return;
  if (sent) {
    for (const [index, [, value, of]] of sent.entries()) {
      if (of !== outer?.index) continue;
      turn.bound = { slot: loop.slot, value, index, outer };
      visit(value);
    }
  } else {
    for (const value of list as readonly Value[]) {
      turn.bound = { slot: loop.slot, value, outer };
      visit(value);
    }
  }
  turn.bound = outer;
}

function textIn(value: Readonly<Record<string, Value>>, name: string): string | undefined {
  const text = own(value, name);
  return typeof text === "string" && text !== "" ? text : undefined;
}

function mediaFile(value: Value): MediaFile {
  if (typeof value === "string") return { ref: { link: value } };
  if (isRecord(value)) {
    const [id, link, name] = [textIn(value, "id"), textIn(value, "link"), textIn(value, "name")];
    const named = name === undefined ? {} : { name };
    if (id !== undefined) return { ref: { id }, ...named };
    if (link !== undefined) return { ref: { link }, ...named };
  }
  throw new StepError("a media message without a file");
}

/** A calculated place beyond the poles or the date line is the nearest one that there is: WhatsApp refuses others. */
function degreesOf(value: Value, most: number): number {
  if (typeof value === "number") return Math.max(-most, Math.min(most, value));
  throw new StepError("a location message without a place");
}

function contactCard(value: Value): ContactCard {
  const name = isRecord(value) ? textIn(value, "name") : undefined;
  if (!isRecord(value) || name === undefined) throw new StepError("a contact message without a contact");
  const list = own(value, "phones");
  const phones = Array.isArray(list) ? list.filter((phone): phone is string => typeof phone === "string") : [];
  const card = { name: { formatted_name: name, first_name: name } };
  return phones.length === 0 ? card : { ...card, phones: phones.map((phone) => ({ phone })) };
}
