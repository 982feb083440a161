/** Answers to the waiting ask. */
import type { Trace } from "../events.ts";
import type { AnswerDef, AskDef, FormAnswer, Value } from "../format.ts";
import { foldText } from "../text/fold.ts";
import { matchesPattern } from "../triggers.ts";
import { parseTyped } from "../typed/answer.ts";
import { readFilled } from "../value/filled.ts";
import { fitValue } from "../value/fits.ts";
import { LOCATION } from "../value/shapes.ts";
import { dateAt } from "../value/zone.ts";
import type { AskWait } from "./asks.ts";
import { type Choice, choiceByText } from "./choice.ts";
import { assign, setSlot } from "./frames.ts";
import { gather, gatherOn, keepGathered, partsOf, wholeOf } from "./gather.ts";
import type { Inbound } from "./inbound.ts";
import { run } from "./run.ts";
import { note, type Turn } from "./turn.ts";
import { again, wrongAnswer } from "./wrong.ts";

type By = Extract<Trace, { kind: "answer" }>["by"];

export function takeChoice(turn: Turn, ask: AskDef, choice: Choice, by: By): void {
  const { def, loops, id } = choice;
  const [outer] = loops ?? [];
  note(turn, { kind: "answer", ask: ask.id, by, option: id, ...(outer ? { row: outer.loop.slot } : {}) });
  keepGathered(turn, ask);
  for (const { loop, row } of loops ?? []) setSlot(turn, [loop.slot], row);
  if (def.value && ask.into) assign(turn, ask.into, id);
  run(turn, def.to ?? ask.next);
}

/** The option whose title, id or number was typed. */
export function takeTypedOption(turn: Turn, ask: AskDef, wait: AskWait, text: string | null): boolean {
  if (text === null || (ask.prompt.kind !== "options" && ask.prompt.kind !== "template")) return false;
  const choice = choiceByText(turn, ask, wait, text);
  if (choice) takeChoice(turn, ask, choice, "text");
  return choice !== undefined;
}

/** The `text` clause that fits, in written order. */
export function takeTextClause(turn: Turn, ask: AskDef, text: string | null): boolean {
  if (text === null || ask.texts.length === 0) return false;
  const typed = foldText(text);
  const clause = ask.texts.find(({ texts, patterns }) => texts.includes(typed) || matchesPattern(patterns, text));
  if (!clause) return false;
  note(turn, { kind: "answer", ask: ask.id, by: "text" });
  keepGathered(turn, ask);
  run(turn, clause.to);
  return true;
}

/** The value that the ask wants: typed, or a message of the right kind. */
export function takeValue(turn: Turn, ask: AskDef, inbound: Inbound): boolean {
  const { answer, into } = ask;
  if (answer && ask.gatherMs !== undefined) {
    const parts = partsOf(answer, inbound);
    if (parts.length > 0) gather(turn, ask, parts);
    return parts.length > 0;
  }
  const value = answer ? answerValue(turn, answer, inbound) : null;
  if (value === null) return false;
  note(turn, { kind: "answer", ask: ask.id, by: "typed" });
  if (into) assign(turn, into, value);
  run(turn, ask.next);
  return true;
}

function answerValue(turn: Turn, answer: AnswerDef, inbound: Inbound): Value {
  const { reply, text } = inbound;
  switch (answer.kind) {
    case "form":
    case "address":
      return reply.kind === answer.kind ? filledValue(turn, answer, inbound) : null;
    case "order":
      return fitted(turn, { t: "cart" }, reply.order ?? null);
    case "text":
    case "number":
    case "date":
    case "phone":
    case "url":
    case "email": {
      if (text === null) return null;
      const today = (): string => dateAt(turn.offset, turn.now) ?? "1970-01-01";
      const context = { facts: turn.facts(turn.contactLocale), today, phones: turn.machine.phones };
      return fitted(turn, answer.type, parseTyped(answer.kind, text, context));
    }
    case "location":
      return fitted(turn, { t: "record", fields: LOCATION }, reply.location ?? null);
    case "contact":
    case "media":
    case "image":
    case "video":
    case "audio":
    case "document":
      return wholeOf(turn, answer, partsOf(answer, inbound));
    default:
      return answer satisfies never;
  }
}

/** Nothing that no record fits is an answer, and without a record any answer is. */
function filledValue(turn: Turn, { type }: FormAnswer, { filled }: Inbound): Value {
  if (filled === undefined || filled === null) return null;
  return type ? fitted(turn, type, readFilled(type, filled)) : filled;
}

function fitted(turn: Turn, type: Parameters<typeof fitValue>[1], value: Value): Value {
  const fit = value === null ? undefined : fitValue(turn.machine, type, value);
  return fit?.ok ? fit.value : null;
}

/** Nothing that the ask can take; while an answer is gathered, nothing that matters. */
export function takeWrong(turn: Turn, ask: AskDef, wait: AskWait): void {
  if (wait.gathered) gatherOn(turn, ask, wait, wait.gathered);
  else run(turn, wrongAnswer(turn, ask, wait));
}

/** The waiting ask once more. */
export function sendAgain(turn: Turn, wait: AskWait): void {
  run(turn, again(turn, wait));
}
