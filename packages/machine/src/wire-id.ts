/**
 * Ids on the wire: `<ask>:<option>#<conversation>.<turn>`, for a row that shows a page `<ask>+<page>#…`, for an ask as a
 * whole `<ask>#…`. A tap carries its own whole context, so it can be understood however late it comes.
 */

/** The part before the `#` has at most so many characters; the compiler proves it. */
export const WIRE_NAME_MAX = 180;

export interface WireId {
  readonly ask: string;
  readonly option?: string;
  /** From 1. */
  readonly page?: number;
  readonly conversation: string;
  readonly turn: number;
}

/** What stands behind the `#`. */
export function wireTail(conversation: string, turn: number): string {
  return `#${conversation}.${turn.toString(36)}`;
}

export function encodeWireId(id: WireId): string {
  return `${id.ask}${id.option === undefined ? "" : `:${id.option}`}${
    id.page === undefined ? "" : `+${id.page}`
  }${wireTail(id.conversation, id.turn)}`;
}

const TAIL = /^([0-9a-z]{6})\.([0-9a-z]{1,8})$/;
const PAGE = /^[1-9]\d{0,5}$/;

/** Undefined for what is no id of ours. An option may itself hold `#`, `:` and `+`. */
export function decodeWireId(text: string): WireId | undefined {
  const split = text.lastIndexOf("#");
  if (split <= 0) return undefined;
  const tail = TAIL.exec(text.slice(split + 1));
  if (!tail) return undefined;
  const [, conversation = "", digits = ""] = tail;
  const turn = Number.parseInt(digits, 36);
  const name = text.slice(0, split);
  const mark = markIn(name);
  if (mark === 0) return undefined;
  const ask = name.slice(0, mark);
  if (mark === name.length) return { ask, conversation, turn };
  const rest = name.slice(mark + 1);
  if (name[mark] === ":") return { ask, option: rest, conversation, turn };
  return PAGE.test(rest) ? { ask, page: Number(rest), conversation, turn } : undefined;
}

/** Where the ask's id ends: names have neither `:` nor `+`. */
function markIn(name: string): number {
  const colon = name.indexOf(":");
  const plus = name.indexOf("+");
  if (colon < 0) return plus < 0 ? name.length : plus;
  return plus < 0 || colon < plus ? colon : plus;
}
