/**
 * The compiled conversation as data: what the compiler writes to `machine.json` and the interpreter runs.
 *
 * Plain JSON. Names are the identity of everything that can be waited at: asks, waits, calls and actions have ids made of
 * names (`order.size`), never positions; positions (`Pc`) mean something only inside one machine.
 * Documented for other readers in `docs/machine-format.md`; a change that an older interpreter would misread raises
 * `MACHINE_FORMAT`.
 */
import type { ActionDef, EnumType, EventDef, FieldType, HoursDef, NationalPhone } from "./format/declarations.ts";
import type { Localized } from "./format/expressions.ts";
import type { FlowDef } from "./format/flows.ts";
import type { AskDef, MessageDef } from "./format/messages.ts";
import type { TemplateDef } from "./format/templates.ts";

export type * from "./format/commerce.ts";
export type * from "./format/declarations.ts";
export type * from "./format/expressions.ts";
export type * from "./format/flows.ts";
export type * from "./format/messages.ts";
export type * from "./format/templates.ts";
export type * from "./format/values.ts";

/** The version of this format; an interpreter refuses any other. */
export const MACHINE_FORMAT = 1;

export interface Machine {
  readonly format: typeof MACHINE_FORMAT;
  /** 16 hex digits that tell versions of a machine apart (`hashMachine`); interpreters only compare them. */
  readonly hash: string;
  readonly name: string;
  /** Graph API version of the requests, such as `v23.0`. */
  readonly api: string;
  readonly timezone: string;
  /** Opening hours by name, for the function `open`. */
  readonly hours?: Readonly<Record<string, HoursDef>>;
  /** Of the first market: how numbers without country code are read. */
  readonly phones?: NationalPhone;
  /** WhatsApp's id of the catalog whose products messages show. */
  readonly catalog?: string;
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
  /** Old name -> name, by kind, both in full: `flow.state`, ask ids, `ask:option`, `flow.var`, `Enum.case`. */
  readonly was: Readonly<
    Record<"flow" | "state" | "ask" | "option" | "var" | "case", Readonly<Record<string, string>>>
  > & {
    /** Of fields of `profile`, by name alone; absent where none was renamed. */
    readonly profile?: Readonly<Record<string, string>>;
  };
}
