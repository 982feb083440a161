/** Files of translations: entries, keys and texts that are there to translate. */
import type { LocaleFile, Source, Translatable } from "@parley/compiler";
import type { CompletionItem, Hover } from "vscode-languageserver";
import { toRange } from "../../positions.ts";
import type { View } from "../../view.ts";
import { item } from "../completion/item.ts";
import { countsOf } from "../counts.ts";
import { yamlPlace } from "./yaml-place.ts";

function localeFileOf({ compilation }: View, source: Source): LocaleFile | undefined {
  return compilation.translations.files.find((file) => file.source.path === source.path);
}

export function completeLocale(view: View, source: Source, offset: number): readonly CompletionItem[] {
  const place = yamlPlace(source.text, offset);
  if (!place || !localeFileOf(view, source)) return [];
  const range = toRange({ source, start: place.start, end: offset });
  const texts = [...view.compilation.translations.catalogue.values()];
  const [entry, second] = place.path;
  const propose = (label: string, parts: Parameters<typeof item>[1], newText: string): CompletionItem => ({
    ...item(label, parts),
    textEdit: { range, newText },
    filterText: label,
  });
  if (place.what === "key" && entry === undefined) {
    const entries = new Set(texts.map((text) => text.entry));
    return [...entries]
      .filter((name) => !place.siblings.has(name))
      .map((name) =>
        propose(
          name,
          { kind: "class", detail: firstOf(texts, name), rank: 5 },
          place.inFlow ? `${name}: ` : `${name}:\n  `,
        ),
      );
  }
  if (place.what === "key" && place.path.length === 1) {
    const own = texts.filter((text) => text.entry === entry && !text.inTexts && !place.siblings.has(text.name));
    const below = texts.some((text) => text.entry === entry && text.inTexts) && !place.siblings.has("texts");
    return [
      ...own.map((text) =>
        propose(text.name, { kind: "property", detail: text.source, rank: text.optional ? 7 : 5 }, `${text.name}: `),
      ),
      ...(below
        ? [
            propose(
              "texts",
              { kind: "module", detail: "texts without a name", rank: 6 },
              place.inFlow ? "texts: " : "texts:\n    ",
            ),
          ]
        : []),
    ];
  }
  if (place.what === "key" && second === "texts") {
    return texts
      .filter((text) => text.entry === entry && text.inTexts && !place.siblings.has(text.name))
      .map((text) =>
        propose(
          text.name,
          { kind: "text", rank: 5 },
          place.quote === "" ? `${JSON.stringify(text.name)}: ` : JSON.stringify(text.name).slice(1),
        ),
      );
  }
  const text = translatableAt(texts, place.path);
  if (place.what !== "value" || !text) return [];
  return valuesFor(text, source.text.slice(place.start, offset), place.quote !== "", propose);
}

/** The text of the default language, or in a hole what it can hold. */
function valuesFor(
  text: Translatable,
  written: string,
  inQuotes: boolean,
  propose: (label: string, parts: Parameters<typeof item>[1], newText: string) => CompletionItem,
): readonly CompletionItem[] {
  const hole = /\{[^{}]*$/.exec(written);
  if (hole) {
    const before = written.slice(0, hole.index);
    return text.holes.map(({ value }) => {
      const name = value.source.text.slice(value.start, value.end).trim().replace(/\s+/g, " ");
      return {
        ...propose(`{${name}`, { kind: "variable", rank: 1 }, `${before}{${name}}`),
        filterText: `${before}{${name}`,
      };
    });
  }
  if (written !== "") return [];
  const quoted = JSON.stringify(text.source);
  return [
    propose(
      text.source,
      { kind: "text", detail: "as the default language says it", rank: 1 },
      inQuotes ? quoted.slice(1, -1) : quoted,
    ),
  ];
}

function firstOf(texts: readonly Translatable[], entry: string): string {
  return texts.find((text) => text.entry === entry)?.source ?? "";
}

function translatableAt(
  texts: readonly Translatable[],
  [entry, name, below]: readonly string[],
): Translatable | undefined {
  const inTexts = below !== undefined;
  return texts.find((text) => text.entry === entry && text.inTexts === inTexts && text.name === (below ?? name));
}

/** What the default language says, and how much of the limit the translation can take. */
export function hoverLocale(view: View, source: Source, offset: number): Hover | undefined {
  const file = localeFileOf(view, source);
  if (!file) return undefined;
  for (const entry of file.entries) {
    for (const one of entry.items) {
      const span = { source, start: one.key.start, end: Math.max(one.key.end, one.place.end) };
      if (offset < span.start || offset > span.end) continue;
      const path = one.inTexts ? [entry.name, "texts", one.name] : [entry.name, one.name];
      const text = translatableAt([...view.compilation.translations.catalogue.values()], path);
      if (!text) return undefined;
      const parts = [`> ${text.source.replaceAll("\n", "\n> ")}`, countIn(view, text, file.locale)];
      return {
        contents: { kind: "markdown", value: parts.filter((part) => part !== "").join("\n\n") },
        range: toRange(span),
      };
    }
  }
  return undefined;
}

function countIn(view: View, { texts }: Translatable, locale: string): string {
  const [said] = texts;
  const file = said && view.compilation.files.find(({ source }) => source.path === said.source.path);
  const counted = said && file && countsOf(view, file, said.start, said.end).get(said);
  const count = counted?.counts.find((one) => one.locale === locale);
  if (!counted || !count) return "";
  const sum = count.sum === "" ? "" : ` = ${count.sum}`;
  return `**${count.length > count.max ? "⚠ " : ""}${count.length}/${count.max}** · ${counted.what}${sum}`;
}
