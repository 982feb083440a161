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
const NAME = /^([^:+]+)(?:([:+])(.*))?$/s;

/** Undefined for what is no id of ours. An option may itself hold `#`, `:` and `+`. */
export function decodeWireId(text: string): WireId | undefined {
  const split = text.lastIndexOf("#");
  if (split < 0) return undefined;
  const tail = TAIL.exec(text.slice(split + 1));
  const name = NAME.exec(text.slice(0, split));
  const [, conversation, turnDigits] = tail ?? [];
  const [, ask, mark, rest] = name ?? [];
  if (conversation === undefined || turnDigits === undefined || ask === undefined) return undefined;
  const base = { ask, conversation, turn: Number.parseInt(turnDigits, 36) };
  if (mark === ":") return { ...base, option: rest ?? "" };
  if (mark === undefined) return base;
  return /^[1-9]\d{0,5}$/.test(rest ?? "") ? { ...base, page: Number(rest) } : undefined;
}
