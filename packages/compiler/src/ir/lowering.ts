/** What lowering works on: the tables that it reads, and the program under construction. */
import type { AskDef, EnumType, FieldType, MessageDef, Template, TextKey, ValueType } from "@parley/machine";
import type { Names } from "../bind/names.ts";
import type { Settings } from "../project/settings.ts";
import type { TextExpr } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import type { Types } from "../types/type.ts";
import type { Code } from "./code.ts";
import { lowerTemplate } from "./expressions.ts";
import type { Placed } from "./program.ts";

export interface Lowering {
  readonly names: Names;
  readonly types: Types;
  readonly settings: Settings;
  readonly texts: Map<TextKey, Placed<Template>>;
  readonly messages: Map<string, Placed<MessageDef>>;
  readonly asks: Map<string, Placed<AskDef>>;
  readonly enums: Record<string, EnumType>;
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

/** Keeps a text of the default locale under its key. */
export function addText(l: Lowering, key: TextKey, text: TextExpr): TextKey {
  l.texts.set(key, { value: lowerTemplate(l, text), span: text });
  return key;
}

/** A text that nobody wrote, such as the label of a case without one. */
export function addLiteral(l: Lowering, key: TextKey, text: string, span: Span): TextKey {
  if (!l.texts.has(key)) l.texts.set(key, { value: [text], span });
  return key;
}
