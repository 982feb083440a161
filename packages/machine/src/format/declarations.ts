/** What the program declares besides flows. */
import type { Expr, Template, TextKey } from "./expressions.ts";
import type { ValueType } from "./values.ts";

export interface FieldType {
  readonly type: ValueType;
  /** The value at first; absent: unset (in `profile`: none). */
  readonly init?: Expr;
  /** Stays out of logs and traces. */
  readonly personal?: true;
}

export interface EnumType {
  /** Case names in written order, with the key of their label's text. */
  readonly cases: Readonly<Record<string, TextKey>>;
}

export interface ActionDef {
  readonly params: Readonly<Record<string, ValueType>>;
  readonly result?: ValueType;
  readonly timeoutMs: number;
  readonly once?: true;
  readonly infallible?: true;
  /** Present where the action is an HTTP request that the runtime makes by itself. */
  readonly http?: HttpDef;
}

export interface HttpDef {
  readonly method: "GET" | "POST" | "PUT";
  readonly url: Template;
  readonly headers: readonly { readonly name: string; readonly value: Template }[];
  readonly body?: Expr;
  readonly result: readonly (string | number)[];
}

export interface TemplateDef {
  readonly name: string;
  readonly category: "utility" | "marketing" | "authentication";
  readonly locales: readonly string[];
  readonly params: Readonly<Record<string, ValueType>>;
  /** Names of the parameters of each component, in order. */
  readonly header: readonly string[];
  readonly body: readonly string[];
  /** Quick-reply buttons in order: their option names and titles. */
  readonly options: readonly { readonly id: string; readonly title: TextKey }[];
  /** Its own texts, for what shows them (emulator, chat); a hole is a parameter, `["get", name]`. */
  readonly texts?: { readonly header?: TextKey; readonly body?: TextKey; readonly footer?: TextKey };
}

export interface EventDef {
  readonly params: Readonly<Record<string, ValueType>>;
}
