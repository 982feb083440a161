/**
 * The intermediate representation: the parts of a machine, each with the place that it was written at. `emit` writes the
 * machine from the parts and the map from the places.
 */
import type {
  ActionDef,
  AskDef,
  EnumType,
  EventDef,
  FieldType,
  FlowDef,
  Machine,
  MessageDef,
  Template,
  TemplateDef,
  TestDef,
  TextKey,
} from "@parley/machine";
import type { Span } from "../text/source.ts";

export interface Program {
  readonly enums: Readonly<Record<string, EnumType>>;
  readonly profile: Readonly<Record<string, FieldType>>;
  readonly actions: Readonly<Record<string, ActionDef>>;
  readonly templates: Readonly<Record<string, TemplateDef>>;
  readonly events: Readonly<Record<string, EventDef>>;
  readonly flows: ReadonlyMap<string, FlowProgram>;
  readonly messages: ReadonlyMap<string, Placed<MessageDef>>;
  readonly asks: ReadonlyMap<string, Placed<AskDef>>;
  /** In the default locale, in written order. */
  readonly texts: ReadonlyMap<TextKey, Placed<Template>>;
  readonly was: Machine["was"];
  readonly tests: readonly TestDef[];
}

export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

export interface FlowProgram {
  readonly def: FlowDef;
  readonly span: Span;
  /** By state, of its name. */
  readonly states: ReadonlyMap<string, Span>;
  /** By pc, of the statement or clause that it comes from. */
  readonly places: readonly Span[];
}
