/** Answers that the waiting ask cannot take. */
import type { AskDef, Pc } from "../format.ts";
import { type AskWait, againOf, askOf, sendAsk } from "./asks.ts";
import { draftOf } from "./frames.ts";
import { STOP } from "./places.ts";
import { note, type Turn } from "./turn.ts";
import { renderWords } from "./words.ts";

/** Where no `else` says otherwise, a wrong answer brings the ask again so many times. */
const SILENT_AFTER = 2;

/** Does what the ask's `else` says, or gives the pc of its arm. */
export function wrongAnswer(turn: Turn, ask: AskDef, wait: AskWait): Pc {
  const { orElse } = ask;
  note(turn, { kind: "answer", ask: ask.id, by: "else" });
  const counted: AskWait = { ...wait, wrong: wait.wrong + 1 };
  if (!orElse) return wait.wrong < SILENT_AFTER ? again(turn, counted) : STOP;
  const { text, retries, to } = orElse;
  if (text !== undefined && (retries === undefined || wait.wrong < retries)) {
    sendWords(turn, ask, text);
    return again(turn, counted);
  }
  if (to === undefined) return again(turn, counted);
  draftOf(turn).wait = counted;
  return to;
}

function sendWords(turn: Turn, ask: AskDef, text: string): void {
  const message = renderWords(turn, text);
  const of = `${ask.id}.else`;
  turn.effects.push({ kind: "send", message, window: true, category: "service", of });
  note(turn, { kind: "send", message: of });
}

/** The ask once more, or the pc of its `empty`. */
export function again(turn: Turn, wait: AskWait): Pc {
  return sendAsk(turn, askOf(turn, wait.id), againOf(wait)) ?? STOP;
}
