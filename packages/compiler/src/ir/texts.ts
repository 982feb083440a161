/** The texts of a machine: each once, under its key. */
import type { Template, TextKey } from "@parley/machine";
import type { TextExpr } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { lowerTemplate } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";

/** Keeps a text of the default locale under its key. */
export function addText(l: Lowering, key: TextKey, text: TextExpr): TextKey {
  return put(l, key, lowerTemplate(l, text), text);
}

/** A text that nobody wrote, such as the label of a case without one. */
export function addLiteral(l: Lowering, key: TextKey, text: string, span: Span): TextKey {
  return l.texts[key] ? key : put(l, key, [text], span);
}

function put(l: Lowering, key: TextKey, template: Template, span: Span): TextKey {
  const localized: Record<string, Template> = {};
  localized[l.settings.locales.default] = template;
  l.texts[key] = localized;
  l.places.texts.push({ key, span, text: template });
  return key;
}
