/** Answers to the waiting ask. */
import type { Trace } from "../events.ts";
import type { AnswerDef, AskDef, Pc, Value } from "../format.ts";
import { foldText } from "../text/fold.ts";
import { matchesPattern } from "../triggers.ts";
import { parseTyped } from "../typed/answer.ts";
import { fitValue } from "../value/fits.ts";
import { CARD, LOCATION } from "../value/shapes.ts";
import { dateAt } from "../value/zone.ts";
import { type AskWait, againOf, askOf, sendAsk } from "./asks.ts";
import { type Choice, choiceByText } from "./choice.ts";
import { assign, draftOf, setSlot } from "./frames.ts";
import type { Inbound } from "./inbound.ts";
import { run } from "./run.ts";
import { note, type Turn } from "./turn.ts";
import { renderWords } from "./words.ts";

type By = Extract<Trace, { kind: "answer" }>["by"];

/** Where no `else` says otherwise, a wrong answer brings the ask again so many times. */
const SILENT_AFTER = 2;

export function takeChoice(turn: Turn, ask: AskDef, choice: Choice, by: By): void {
  const { def, loop, row, id } = choice;
  note(turn, { kind: "answer", ask: ask.id, by, option: id });
  if (loop) setSlot(turn, [loop.slot], row ?? null);
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
  run(turn, clause.to);
  return true;
}

/** The value that the ask wants: typed, or a message of the right kind. */
export function takeValue(turn: Turn, ask: AskDef, inbound: Inbound): boolean {
  const { answer, into } = ask;
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
    case "text":
    case "number":
    case "date":
    case "phone":
    case "url":
    case "email": {
      if (text === null) return null;
      const today = (): string => dateAt(turn.offset, turn.now) ?? "1970-01-01";
      return fitted(turn, answer.type, parseTyped(answer.kind, text, { facts: turn.facts(turn.contactLocale), today }));
    }
    case "location":
      return fitted(turn, { t: "record", fields: LOCATION }, reply.location ?? null);
    case "contact":
      return fitted(turn, { t: "record", fields: CARD }, reply.contact ?? null);
    case "media":
      return reply.media ?? null;
    case "image":
    case "video":
    case "audio":
    case "document":
      return reply.kind === answer.kind ? (reply.media ?? null) : null;
    default:
      return answer satisfies never;
  }
}

function fitted(turn: Turn, type: Parameters<typeof fitValue>[1], value: Value): Value {
  const fit = value === null ? undefined : fitValue(turn.machine, type, value);
  return fit?.ok ? fit.value : null;
}

/** Nothing that the ask can take. */
export function takeWrong(turn: Turn, ask: AskDef, wait: AskWait): void {
  const { orElse } = ask;
  note(turn, { kind: "answer", ask: ask.id, by: "else" });
  const counted: AskWait = { ...wait, wrong: wait.wrong + 1 };
  const again = (): void => sendAgain(turn, counted);
  if (!orElse) return wait.wrong < SILENT_AFTER ? again() : undefined;
  const { text, retries, to } = orElse;
  if (text !== undefined && (retries === undefined || wait.wrong < retries)) {
    sendWords(turn, ask, text);
    return again();
  }
  if (to === undefined) return again();
  draftOf(turn).wait = counted;
  run(turn, to);
}

function sendWords(turn: Turn, ask: AskDef, text: string): void {
  const message = renderWords(turn, text);
  const of = `${ask.id}.else`;
  turn.effects.push({ kind: "send", message, window: true, category: "service", of });
  note(turn, { kind: "send", message: of });
}

/** The waiting ask once more. */
export function sendAgain(turn: Turn, wait: AskWait): void {
  const empty: Pc | undefined = sendAsk(turn, askOf(turn, wait.id), againOf(wait));
  if (empty !== undefined) run(turn, empty);
}
