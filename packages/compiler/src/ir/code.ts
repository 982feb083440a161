/**
 * Code under construction. The statements of a state lie in order; blocks of arms, which are entered from an ask or after
 * a failure, lie behind them (`later`), so that an ask and an action go on at the next instruction.
 */
import type { Instr, Pc } from "@parley/machine";
import type { Span } from "../text/source.ts";

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type InstrOf<Op extends Instr["op"]> = Mutable<Extract<Instr, { readonly op: Op }>>;

export interface Code {
  readonly instrs: Instr[];
  readonly places: Span[];
  /** What is still to be put behind the state. */
  readonly later: (() => void)[];
  /** Arrows that stand by themselves, by what they say: many arms share one. */
  readonly arrows: Map<string, Pc>;
}

export function newCode(): Code {
  return { instrs: [], places: [], later: [], arrows: new Map() };
}

export function here(code: Code): Pc {
  return code.instrs.length;
}

/** Appends an instruction and gives it back, for targets that are known only later. */
export function put<I extends Instr>(code: Code, span: Span, instr: I): I {
  code.instrs.push(instr);
  code.places.push(span);
  return instr;
}

/** Puts what waits behind the state, and what that brings along. */
export function flush(code: Code): void {
  for (let at = 0; at < code.later.length; at++) code.later[at]?.();
  code.later.length = 0;
}
