/** `strings.json`: every text that a user can see, for translators; one a line. */
import type { Template } from "@parley/machine";
import type { Program } from "../ir/program.ts";
import { positionAt } from "../text/source.ts";

/** As JSON: `{ "locale": …, "strings": { KEY: { "text": …, "file": …, "line": … } } }`, holes as written: `{name}`. */
export function stringsJson(program: Program, locale: string): string {
  const lines = program.places.texts.map(({ key, span }) => {
    const text = sourceText(program.texts[key]?.[locale] ?? []);
    const { line } = positionAt(span.source, span.start);
    return `    ${JSON.stringify(key)}: { "text": ${JSON.stringify(text)}, "file": ${JSON.stringify(span.source.path)}, "line": ${line} }`;
  });
  const strings = lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n  }`;
  return `{\n  "locale": ${JSON.stringify(locale)},\n  "strings": ${strings}\n}\n`;
}

function sourceText(template: Template): string {
  let text = "";
  for (const part of template) text += typeof part === "string" ? part : part.source;
  return text;
}
