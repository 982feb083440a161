/** Flows and their code. */
import type { FieldType } from "./declarations.ts";
import type { Expr, TextKey } from "./expressions.ts";
import type { ValueType } from "./values.ts";

/** Index into the flow's `code`. */
export type Pc = number;

export interface FlowDef {
  /** Parameter names in order; they are among `vars`. */
  readonly params: readonly string[];
  readonly result?: ValueType;
  /** Variables, parameters, event parameters by name. */
  readonly vars: Readonly<Record<string, FieldType>>;
  /** `let` slots (`state.name`) and rows; erased when the state is left. */
  readonly lets: Readonly<Record<string, ValueType>>;
  readonly triggers: readonly TriggerDef[];
  /** Where each state begins, in written order; the first is where a call begins. */
  readonly states: Readonly<Record<string, Pc>>;
  readonly code: readonly Instr[];
}

export interface TriggerDef {
  readonly on: TriggerOn;
  readonly anytime?: true;
  readonly state: string;
}

export type TriggerOn =
  | { readonly kind: "message" | "order" | "stale" | "window_closed" }
  /** Texts are already folded (`foldText`). */
  | { readonly kind: "text"; readonly texts: readonly string[]; readonly patterns: readonly PatternDef[] }
  | { readonly kind: "referral"; readonly source?: string }
  | { readonly kind: "event" | "scheduled"; readonly name: string; readonly params: readonly string[] };

/** A regular expression, compiled to a program that runs in time linear in its input. See `pattern.ts`. */
export interface PatternDef {
  /** As written, with its slashes and flag. */
  readonly source: string;
  readonly program: PatternProgram;
}

/**
 * A Thompson machine. Instruction 0 is the start. `ranges` are inclusive pairs of code points.
 * The search is unanchored; `start`/`end`/`word`/`notWord` are assertions.
 */
export type PatternProgram = readonly PatternInstr[];
export type PatternInstr =
  | readonly ["ranges", readonly number[], next: number]
  | readonly ["split", readonly number[]]
  | readonly ["assert", "start" | "end" | "word" | "notWord", next: number]
  | readonly ["match"];

/**
 * One step of a flow. Blocks of arms lie in the same code; a pc that ends a block decides what happens next.
 */
export type Instr =
  | { readonly op: "send"; readonly message: string }
  | { readonly op: "ask"; readonly ask: string }
  /** A `for`-less assignment. `path` begins with a slot, `profile` or `contact`. */
  | {
      readonly op: "set";
      readonly path: readonly [root: "slot" | "profile" | "contact", ...string[]];
      readonly value: Expr;
    }
  | { readonly op: "jump"; readonly to: Pc }
  /** Goes on when true, jumps when false or none. */
  | { readonly op: "unless"; readonly condition: Expr; readonly to: Pc }
  | { readonly op: "match"; readonly value: Expr; readonly cases: Readonly<Record<string, Pc>>; readonly orElse: Pc }
  | { readonly op: "go"; readonly state: string }
  /** `id` names this call of an action; the result goes to `into`; a failure to `fail` with the root `failure` set. */
  | {
      readonly op: "action";
      readonly id: string;
      readonly action: string;
      readonly args: readonly Expr[];
      readonly into?: readonly [root: "slot" | "profile" | "contact", ...string[]];
      readonly fail?: Pc;
    }
  | { readonly op: "wait"; readonly id: string; readonly time: Expr; readonly unit: "duration" | "moment" }
  | {
      readonly op: "call";
      readonly id: string;
      readonly flow: string;
      readonly args: readonly Expr[];
      readonly into?: string;
    }
  | { readonly op: "leave"; readonly flow: string; readonly args: readonly Expr[] }
  | { readonly op: "return"; readonly value?: Expr }
  | { readonly op: "end" }
  | { readonly op: "resume" }
  | {
      readonly op: "handoff";
      readonly id: string;
      readonly queue: TextKey;
      readonly backAfterMs?: number;
      readonly back?: Pc;
    }
  | {
      readonly op: "schedule";
      readonly event: string;
      readonly args: readonly Expr[];
      readonly time: Expr;
      readonly unit: "duration" | "moment";
    }
  | { readonly op: "cancel"; readonly event?: string }
  /** The emoji, or "" to take the reaction back; to the user's last message. */
  | { readonly op: "react"; readonly emoji: string }
  | { readonly op: "typing" }
  | { readonly op: "forget" }
  /** End of a block of `after`: the ask keeps waiting. */
  | { readonly op: "keep" }
  /** End of a block of `else`: the ask is sent again. */
  | { readonly op: "again" };
