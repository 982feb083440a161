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
  /** Arguments that stay out of logs and traces. */
  readonly personal?: readonly PersonalPath[];
}

/**
 * Where a personal value is: the name of a parameter, then of fields. What is optional or a list on the way is gone
 * through.
 */
export type PersonalPath = readonly string[];

/** Parameters are read by `["get", name]`; of the roots there is only `env`. */
export interface HttpDef {
  readonly method: "GET" | "POST" | "PUT";
  /** A hole at its begin is put in as it is, all others percent-encoded. */
  readonly url: Template;
  readonly headers: readonly { readonly name: string; readonly value: Template }[];
  /** Sent as JSON. */
  readonly body?: Expr;
  /** The way to the result in the answer's JSON, by keys and indices from 0; empty: all of it. */
  readonly result: readonly (string | number)[];
}

export interface EventDef {
  readonly params: Readonly<Record<string, ValueType>>;
  /** Arguments that stay out of logs and traces. */
  readonly personal?: readonly PersonalPath[];
}

/** When something is open, by the clocks of the machine's time zone. */
export interface HoursDef {
  /**
   * From Monday to Sunday: from minute to minute of the day, the last not included. A range that goes on after midnight
   * ends after 1440.
   */
  readonly week: readonly (readonly (readonly [from: number, to: number])[])[];
  /** Days, first and last, on which nothing begins: `12-25` of every year, or `2026-12-25`. */
  readonly closed?: readonly (readonly [first: string, last: string])[];
}

/** How the people of a country write their phone numbers. */
export interface NationalPhone {
  /** Country calling code, digits. */
  readonly code: string;
  /** What stands before a number within the country, and is left out behind the code. */
  readonly trunk?: string;
  /** How many digits a number can have behind the code. */
  readonly lengths: readonly number[];
}
