/** Answers in several messages: what came so far, and when that is all. */
import { codePoints } from "@parley/whatsapp";
import type { AnswerDef, AskDef, Pc, Value, ValueType } from "../format.ts";
import type { Gathered } from "../snapshot.ts";
import { fitValue } from "../value/fits.ts";
import type { AskWait } from "./asks.ts";
import { assign, draftOf } from "./frames.ts";
import type { Inbound } from "./inbound.ts";
import { conversationTimer } from "./timers.ts";
import { note, setTimer, type Turn } from "./turn.ts";
import { wrongAnswer } from "./wrong.ts";

/** However much comes, the answer is complete after so many times the pause that ends it. */
const MOST_PAUSES = 10;

/** What a message adds to the answer of the ask; nothing where it cannot be part of it. */
export function partsOf(answer: AnswerDef, { reply, text }: Inbound): readonly Value[] {
  switch (answer.kind) {
    case "text":
      return text === null || text.trim() === "" ? [] : [text.trim()];
    case "media":
      return reply.media === undefined ? [] : [reply.media];
    case "image":
    case "video":
    case "audio":
    case "document":
      return reply.kind === answer.kind && reply.media !== undefined ? [reply.media] : [];
    case "contact":
      return reply.contacts ?? [];
    default:
      return [];
  }
}

/** The value of all parts, if it fits: texts joined by line breaks, a list of all files, or the first of them. */
export function wholeOf(turn: Turn, answer: AnswerDef, parts: readonly Value[]): Value {
  const type = typeOf(answer);
  const [first = null] = parts;
  if (!type || first === null) return null;
  const whole = type.t === "text" ? parts.filter(isText).join("\n") : type.t === "list" ? parts : first;
  const fit = fitValue(turn.machine, type, whole);
  return fit.ok ? fit.value : null;
}

function isText(part: Value): part is string {
  return typeof part === "string";
}

function typeOf(answer: AnswerDef): ValueType | undefined {
  switch (answer.kind) {
    case "text":
      return answer.type;
    case "image":
    case "video":
    case "audio":
    case "document":
    case "media":
      return answer.type ?? { t: "media" };
    case "contact":
      return answer.type ?? { t: "card" };
    default:
      return undefined;
  }
}

/** Keeps what came, and waits for more. */
export function gather(turn: Turn, ask: AskDef, parts: readonly Value[]): void {
  const { wait } = draftOf(turn);
  if (wait?.kind !== "ask" || !ask.answer) return;
  const before = wait.gathered;
  const since = before?.since ?? turn.now;
  const all = bounded(typeOf(ask.answer), [...(before?.parts ?? []), ...parts]);
  wake(turn, wait, ask, { since, turn: turn.number, parts: all });
}

/** Something came that is no part of the answer: it is not complete yet. */
export function gatherOn(turn: Turn, ask: AskDef, wait: AskWait, gathered: Gathered): void {
  wake(turn, wait, ask, { ...gathered, turn: turn.number });
}

function wake(turn: Turn, wait: AskWait, ask: AskDef, gathered: Gathered): void {
  const pause = ask.gatherMs ?? 0;
  draftOf(turn).wait = { ...wait, gathered };
  note(turn, { kind: "gather", what: ask.id });
  const ms = Math.min(pause, gathered.since + MOST_PAUSES * pause - turn.now);
  setTimer(turn, conversationTimer(turn, "gather"), turn.number, ms, "now");
}

/** No more than is needed to see that it is too much: a snapshot does not grow with what is sent. */
function bounded(type: ValueType | undefined, parts: readonly Value[]): readonly Value[] {
  if (type?.t === "list") return parts.slice(0, type.max + 1);
  if (type?.t !== "text") return parts.slice(0, 1);
  let length = -1;
  const end = parts.findIndex((part) => {
    const tooLong = length > type.max;
    length += isText(part) ? codePoints(part) + 1 : 0;
    return tooLong;
  });
  return end === -1 ? parts : parts.slice(0, end);
}

/** The answer is complete: where the state goes on, or what a wrong answer does. */
export function completeGathered(turn: Turn, ask: AskDef, wait: AskWait): Pc {
  return takeGathered(turn, ask, wait) ?? wrongAnswer(turn, ask, withoutGathered(turn, wait));
}

/** Where the state goes on if what was gathered is an answer. */
export function takeGathered(turn: Turn, ask: AskDef, wait: AskWait): Pc | undefined {
  const { gathered } = wait;
  const value = gathered && ask.answer ? wholeOf(turn, ask.answer, gathered.parts) : null;
  if (value === null) return undefined;
  note(turn, { kind: "answer", ask: ask.id, by: "typed" });
  if (ask.into) assign(turn, ask.into, value);
  return ask.next;
}

/** An option or another answer ends the gathering: what came before it is the variable's value, if it fits. */
export function keepGathered(turn: Turn, ask: AskDef): void {
  const { wait } = draftOf(turn);
  if (wait?.kind !== "ask" || !wait.gathered) return;
  const value = ask.answer ? wholeOf(turn, ask.answer, wait.gathered.parts) : null;
  if (value !== null && ask.into) assign(turn, ask.into, value);
  withoutGathered(turn, wait);
}

/** The wait with nothing gathered, which is then the conversation's. */
export function withoutGathered(turn: Turn, wait: AskWait): AskWait {
  const { gathered: _, ...rest } = wait;
  draftOf(turn).wait = rest;
  return rest;
}
