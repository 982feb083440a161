/**
 * The intermediate representation: the parts of a machine, and for each the place that it was written at. `emit` writes
 * the machine from the parts and the map from the places.
 */
import type { FlowDef, Localized, Machine, Template, TestDef, TextKey } from "@parley/machine";
import type { Span } from "../text/source.ts";

export type MachineParts = Pick<
  Machine,
  "enums" | "profile" | "actions" | "templates" | "events" | "messages" | "asks" | "was"
>;

export interface Program extends MachineParts {
  readonly texts: ReadonlyMap<TextKey, Localized>;
  readonly flows: ReadonlyMap<string, FlowProgram>;
  readonly tests: readonly TestDef[];
  /** Of each message, ask and text, in written order. */
  readonly places: {
    readonly messages: readonly Placed[];
    readonly asks: readonly Placed[];
    readonly texts: readonly PlacedText[];
    /** Of each option, `for`, `else` and `after` of an ask. */
    readonly parts: ReadonlyMap<object, Span>;
  };
}

/** The key of a part, and where that was written. */
export interface Placed {
  readonly key: string;
  readonly span: Span;
}

export interface PlacedText extends Placed {
  /** In the default locale. */
  readonly text: Template;
}

export interface FlowProgram {
  readonly def: FlowDef;
  readonly span: Span;
  /** By state, of its name. */
  readonly states: ReadonlyMap<string, Span>;
  /** By pc, of the statement or clause that it comes from. */
  readonly places: readonly Span[];
}
