/**
 * The compiled conversation as data: what the compiler writes to `machine.json` and the interpreter runs.
 *
 * Plain JSON. Names are the identity of everything that can be waited at: asks, waits, calls and actions have ids made of
 * names (`order.size`), never positions; positions (`Pc`) mean something only inside one machine.
 * Documented for other readers in `docs/machine-format.md`; a change that an older interpreter would misread raises
 * `MACHINE_FORMAT`.
 */

/** The version of this format; an interpreter refuses any other. */
export const MACHINE_FORMAT = 1;

export interface Machine {
  readonly format: typeof MACHINE_FORMAT;
  /** First 16 hex digits of the SHA-256 of this object's canonical JSON with `hash` set to "". */
  readonly hash: string;
  readonly name: string;
  /** Graph API version of the requests, such as `v23.0`. */
  readonly api: string;
  readonly timezone: string;
  readonly locales: { readonly default: string; readonly others: readonly string[] };
  /** Free-form messages may be sent until 24 hours minus this after the user's last message. */
  readonly windowMarginMs: number;
  readonly idleMs: number;
  readonly quietMs: number;
  readonly enums: Readonly<Record<string, EnumType>>;
  readonly profile: Readonly<Record<string, FieldType>>;
  readonly actions: Readonly<Record<string, ActionDef>>;
  readonly templates: Readonly<Record<string, TemplateDef>>;
  readonly events: Readonly<Record<string, EventDef>>;
  readonly flows: Readonly<Record<string, FlowDef>>;
  /** Messages that nobody waits at (`say`, `send`), by message id. */
  readonly messages: Readonly<Record<string, MessageDef>>;
  /** Messages that are waited at, by ask id. */
  readonly asks: Readonly<Record<string, AskDef>>;
  /** Every text that a user can see: by key, then by locale. The default locale is always there. */
  readonly texts: Readonly<Record<string, Localized>>;
  /** Words of ours by locale: what opens a list, what shows the next page, how to answer a numbered text. */
  readonly builtin: Readonly<Record<"open" | "more" | "numbered" | "error", Readonly<Record<string, string>>>>;
  /** Old name -> name, by kind: `state` and `ask` under their full ids, `option` under `ask:option`, `var` under `flow.var`. */
  readonly was: Readonly<Record<"flow" | "state" | "ask" | "option" | "var" | "case", Readonly<Record<string, string>>>>;
}

// ---------------------------------------------------------------- types and values

/**
 * The type of a value that crosses a border (actions, events, profile, typed answers, snapshots).
 *
 * Values are JSON: text, phone, url as strings; date `YYYY-MM-DD`; time `HH:MM`; moment as ms since 1970 UTC; duration as
 * ms; an enum's case as its name; a missing value as null.
 */
export type ValueType =
  | { readonly t: "text"; readonly max: number }
  | { readonly t: "number" }
  | { readonly t: "range"; readonly min: number; readonly max: number }
  | { readonly t: "bool" | "date" | "time" | "moment" | "duration" | "phone" | "url" }
  | { readonly t: "location" | "media" | "cart" | "card" }
  | { readonly t: "enum"; readonly name: string }
  | { readonly t: "record"; readonly fields: Readonly<Record<string, ValueType>> }
  | { readonly t: "list"; readonly of: ValueType; readonly min: number; readonly max: number }
  | { readonly t: "optional"; readonly of: ValueType };

/** Any JSON value that a variable can hold. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

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

// ---------------------------------------------------------------- texts and expressions

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
  | "or" | "and" | "??" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/"
  | "text+" | "date+" | "date-" | "moment+" | "moment-";

// ---------------------------------------------------------------- flows

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
  | { readonly op: "set"; readonly path: readonly [root: "slot" | "profile" | "contact", ...string[]]; readonly value: Expr }
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
  | { readonly op: "call"; readonly id: string; readonly flow: string; readonly args: readonly Expr[]; readonly into?: string }
  | { readonly op: "leave"; readonly flow: string; readonly args: readonly Expr[] }
  | { readonly op: "return"; readonly value?: Expr }
  | { readonly op: "end" }
  | { readonly op: "resume" }
  | { readonly op: "handoff"; readonly id: string; readonly queue: TextKey; readonly backAfterMs?: number; readonly back?: Pc }
  | { readonly op: "schedule"; readonly event: string; readonly args: readonly Expr[]; readonly time: Expr; readonly unit: "duration" | "moment" }
  | { readonly op: "cancel"; readonly event?: string }
  /** The emoji, or "" to take the reaction back; to the user's last message. */
  | { readonly op: "react"; readonly emoji: string }
  | { readonly op: "typing" }
  | { readonly op: "forget" }
  /** End of a block of `after`: the ask keeps waiting. */
  | { readonly op: "keep" }
  /** End of a block of `else`: the ask is sent again. */
  | { readonly op: "again" };

// ---------------------------------------------------------------- messages

/** A message of `say` or `send`. Texts are keys; media are expressions (a link, or a `media` value). */
export interface MessageDef {
  readonly id: string;
  readonly content: ContentDef;
  /** Quotes the user's last message. */
  readonly reply?: true;
}

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

export type ContentDef =
  | { readonly kind: "text"; readonly body: TextKey; readonly preview?: true }
  | {
      readonly kind: "link";
      readonly body: TextKey;
      readonly header?: HeaderDef;
      readonly footer?: TextKey;
      readonly title: TextKey;
      readonly url: Template;
    }
  | { readonly kind: "media"; readonly media: MediaKind; readonly value: Expr; readonly caption?: TextKey; readonly name?: TextKey }
  | { readonly kind: "location"; readonly latitude: Expr; readonly longitude: Expr; readonly name?: TextKey; readonly address?: TextKey }
  | { readonly kind: "contact"; readonly value: Expr }
  | { readonly kind: "template"; readonly template: string; readonly args: readonly Expr[] };

export type HeaderDef =
  | { readonly kind: "text"; readonly text: TextKey; readonly when?: Expr }
  | { readonly kind: "image" | "video" | "document"; readonly value: Expr; readonly when?: Expr };

export type Layout = "buttons" | "list" | "pages";

export interface AskDef {
  /** `flow.state` or `flow.state.name`. */
  readonly id: string;
  readonly flow: string;
  readonly state: string;
  readonly once?: true;
  readonly prompt: PromptDef;
  /** Where a typed answer, or an option's `as` value, is written. */
  readonly into?: readonly [root: "slot" | "profile", ...string[]];
  /** What a typed answer must be (`ask text`, `number`, …); absent where only options answer. */
  readonly answer?: AnswerDef;
  /** Where the state goes on after the ask. */
  readonly next: Pc;
  readonly texts: readonly { readonly texts: readonly string[]; readonly patterns: readonly PatternDef[]; readonly to: Pc }[];
  /**
   * What a wrong answer does. `text` is sent before the ask goes out again, at most `retries` times (absent: no end);
   * `to` is taken then, or at once without `text`. Absent as a whole: sent again twice, then silence.
   */
  readonly orElse?: { readonly text?: TextKey; readonly retries?: number; readonly to?: Pc };
  /** In rising order. */
  readonly after: readonly { readonly ms: number; readonly to: Pc }[];
  readonly empty?: Pc;
  readonly fallback?: false;
}

export type AnswerDef =
  | { readonly kind: "text" | "number" | "date" | "phone" | "url" | "email"; readonly type: ValueType }
  | { readonly kind: "location" | "image" | "video" | "audio" | "document" | "media" | "contact" };

export type PromptDef =
  | {
      readonly kind: "options";
      readonly layout: Readonly<Record<string, Layout>>;
      readonly body: TextKey;
      readonly header?: HeaderDef;
      readonly footer?: { readonly text: TextKey; readonly when?: Expr };
      readonly open?: TextKey;
      readonly more?: TextKey;
      readonly sections: readonly SectionDef[];
    }
  | { readonly kind: "text"; readonly body: TextKey }
  | { readonly kind: "location"; readonly body: TextKey }
  | { readonly kind: "template"; readonly template: string; readonly args: readonly Expr[]; readonly options: readonly OptionDef[] };

export interface SectionDef {
  readonly title?: TextKey;
  readonly when?: Expr;
  readonly rows: readonly RowDef[];
}

export type RowDef = OptionDef | ForDef;

export interface OptionDef {
  readonly kind: "option";
  /** A constant id; in a `for` an expression over the row. */
  readonly id: string | { readonly e: Expr };
  readonly title: TextKey;
  readonly description?: TextKey;
  /** Stands where the title does not fit the layout. */
  readonly short?: TextKey;
  readonly when?: Expr;
  /** The value that `as` takes: the id, or an enum's case of that name. Absent: `as` leaves the variable. */
  readonly value?: true;
  /** Absent: the state goes on after the ask. */
  readonly to?: Pc;
}

export interface ForDef {
  readonly kind: "for";
  /** Holds the row while its texts are made and in the arm that its tap takes. */
  readonly slot: string;
  readonly list: Expr;
  readonly rows: readonly OptionDef[];
}
