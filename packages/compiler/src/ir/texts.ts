/** The texts of a machine: each once, under its key. */
import type { Template, TextKey } from "@parley/machine";
import { placeKey, TYPES } from "../locales/keys.ts";
import type { Language } from "../locales/translations.ts";
import type { EnumCase, Option, TextExpr } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { lowerTemplate } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";

/** Keeps a text in all its languages under its key. */
export function addText(l: Lowering, key: TextKey, text: TextExpr): TextKey {
  put(l, key, lowerTemplate(l, text), text);
  return l.languages.length === 0 ? key : translate(l, key, ({ texts }) => texts.get(text));
}

/** A text that nobody wrote, such as the label of a case without one. */
export function addLiteral(l: Lowering, key: TextKey, text: string, span: Span): TextKey {
  return l.texts.has(key) ? key : put(l, key, [text], span);
}

/** Adds what the other languages say. */
function translate(l: Lowering, key: TextKey, find: (language: Language) => TextExpr | undefined): TextKey {
  for (const language of l.languages) {
    const text = find(language);
    if (text) l.texts.set(key, { ...l.texts.get(key), [language.locale]: lowerTemplate(l, text) });
  }
  return key;
}

/** The label of a case, written or not. */
export function addLabel(l: Lowering, key: TextKey, enumCase: EnumCase): TextKey {
  const { label, name } = enumCase;
  if (label) return addText(l, key, label);
  addLiteral(l, key, name.text, name);
  return translate(l, key, ({ labels }) => labels.get(enumCase));
}

/** The label of a case of a built-in enum. */
export function addBuiltinLabel(l: Lowering, key: TextKey, type: string, name: string, span: Span): TextKey {
  addLiteral(l, key, name, span);
  return translate(l, key, ({ places }) =>
    places.get(placeKey({ entry: TYPES, name: `${type}.${name}`, inTexts: false })),
  );
}

/**
 * What stands where an option's title does not fit, beside the key of that; `undefined` where no language has it. In a
 * language that needs none it is the title, so that no other language's word can come in its place.
 */
export function addShort(l: Lowering, titleKey: TextKey, option: Option): TextKey | undefined {
  const { short, title } = option;
  if (!short && !l.languages.some(({ shorts }) => shorts.has(option))) return undefined;
  const key = `${titleKey}.short`;
  if (short) {
    addText(l, key, short);
    return translate(l, key, ({ shorts }) => shorts.get(option));
  }
  if (!title) return undefined;
  put(l, key, lowerTemplate(l, title), title);
  return translate(l, key, ({ shorts, texts }) => shorts.get(option) ?? texts.get(title));
}

function put(l: Lowering, key: TextKey, template: Template, span: Span): TextKey {
  l.texts.set(key, { [l.settings.locales.default]: template });
  l.places.texts.push({ key, span, text: template });
  return key;
}
