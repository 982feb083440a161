/** Texts and expressions. */

/** Key of `Machine.texts`. */
export type TextKey = string;

/** By locale. */
export type Localized = Readonly<Record<string, Template>>;

/** Literal pieces and holes. */
export type Template = readonly (string | Hole)[];

export interface Hole {
  readonly e: Expr;
  /** How the value is printed. Enums print their label in the contact's language. */
  readonly as: "text" | "number" | "date" | "time" | { readonly enum: string };
  /** As written, for the payload files: `{name}`. */
  readonly source: string;
}

/** JSON scalars stand for themselves; an array is an operation. A slot names a variable of the current frame. */
export type Expr =
  | null
  | boolean
  | number
  | string
  | readonly ["get", slot: string]
  /** `contact`, `profile`, `reply`, `window`, `env`, `failure` (the reason of the failed action). */
  | readonly ["root", name: "contact" | "profile" | "reply" | "window" | "env" | "failure"]
  | readonly ["field", of: Expr, name: string]
  | readonly ["index", of: Expr, index: Expr]
  | readonly ["concat", template: Template]
  | readonly ["list", ...Expr[]]
  | readonly ["record", Readonly<Record<string, Expr>>]
  | readonly ["map", slot: string, list: Expr, value: Expr, condition: Expr]
  | readonly ["if", condition: Expr, then: Expr, orElse: Expr]
  | readonly [op: "not" | "neg" | "isNone", value: Expr]
  | readonly [op: BinaryOp, left: Expr, right: Expr]
  | readonly ["call", name: string, ...Expr[]];

/** `date+` and `moment+` add a duration. `/` by zero is null. */
export type BinaryOp =
  | "or"
  | "and"
  | "??"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "+"
  | "-"
  | "*"
  | "/"
  | "text+"
  | "date+"
  | "date-"
  | "moment+"
  | "moment-";
