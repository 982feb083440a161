/** What lowering works on: the tables that it reads, and the program under construction. */
import type { AskDef, EnumType, FieldType, Localized, MessageDef, Template, TextKey, ValueType } from "@parley/machine";
import type { Names } from "../bind/names.ts";
import type { Settings } from "../project/settings.ts";
import type { Ask, TextExpr } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import type { LayoutChoice } from "../types/layout.ts";
import type { Types } from "../types/type.ts";
import type { Code } from "./code.ts";
import { lowerTemplate } from "./expressions.ts";
import type { Placed } from "./program.ts";

export interface Lowering {
  readonly names: Names;
  readonly types: Types;
  readonly settings: Settings;
  readonly enums: Record<string, EnumType>;
  readonly messages: Record<string, MessageDef>;
  readonly asks: Record<string, AskDef>;
  readonly texts: Record<TextKey, Localized>;
  readonly places: { readonly messages: Placed[]; readonly asks: Placed[]; readonly texts: Placed[] };
  readonly layouts: Map<Ask, LayoutChoice>;
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

/** Keeps a text of the default locale under its key. */
export function addText(l: Lowering, key: TextKey, text: TextExpr): TextKey {
  return put(l, key, lowerTemplate(l, text), text);
}

/** A text that nobody wrote, such as the label of a case without one. */
export function addLiteral(l: Lowering, key: TextKey, text: string, span: Span): TextKey {
  return l.texts[key] ? key : put(l, key, [text], span);
}

function put(l: Lowering, key: TextKey, template: Template, span: Span): TextKey {
  l.texts[key] = { [l.settings.locales.default]: template };
  l.places.texts.push({ key, span });
  return key;
}
