/** What lowering works on: the tables that it reads, and the program under construction. */
import type { AskDef, EnumType, FieldType, Localized, MessageDef, TextKey, ValueType } from "@parley/machine";
import type { Names } from "../bind/names.ts";
import type { Language } from "../locales/translations.ts";
import type { Settings } from "../project/settings.ts";
import type { Ask } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import type { LayoutChoice } from "../types/layout.ts";
import type { Types } from "../types/type.ts";
import type { Code } from "./code.ts";
import type { Placed, PlacedText } from "./program.ts";

export interface Lowering {
  readonly names: Names;
  readonly types: Types;
  readonly settings: Settings;
  readonly enums: Record<string, EnumType>;
  readonly messages: Record<string, MessageDef>;
  readonly asks: Record<string, AskDef>;
  readonly texts: Map<TextKey, Localized>;
  readonly places: {
    readonly messages: Placed[];
    readonly asks: Placed[];
    readonly texts: PlacedText[];
    readonly parts: Map<object, Span>;
  };
  readonly layouts: ReadonlyMap<Ask, LayoutChoice>;
  /** The other languages. */
  readonly languages: readonly Language[];
}

/** The flow that is being lowered. */
export interface FlowLowering extends Lowering {
  readonly flow: string;
  readonly state: string;
  readonly code: Code;
  readonly vars: Record<string, FieldType>;
  readonly lets: Record<string, ValueType>;
  /** Asks that take the flow's own `else` and `after`, once these have a place in the code. */
  readonly sharing: ((shared: SharedClauses) => void)[];
}

export interface SharedClauses {
  readonly orElse: AskDef["orElse"];
  readonly after: AskDef["after"];
}

/** Keys are names that people chose: `__proto__` must be one like any other. */
export function emptyRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
