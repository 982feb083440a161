/** `strings.json`: every text that a user can see, for translators; one a line. */
import type { Template } from "@parley/machine";
import type { Program } from "../ir/program.ts";
import type { Source } from "../text/source.ts";
import { placesIn } from "./places.ts";

/** As JSON: `{ "locale": …, "strings": { KEY: { "text": …, "file": …, "line": … } } }`, holes as written: `{name}`. */
export function stringsJson(program: Program, locale: string): string {
  const places = placesIn();
  const paths = new Map<Source, string>();
  let strings = "";
  for (const { key, span, text: template } of program.places.texts) {
    const { source } = span;
    const path = paths.get(source) ?? JSON.stringify(source.path);
    paths.set(source, path);
    const text = JSON.stringify(sourceText(template));
    const before = strings === "" ? "" : ",";
    // A key is made of names, which need no escapes.
    strings += `${before}\n    "${key}": { "text": ${text}, "file": ${path}, "line": ${places.lineOf(span)} }`;
  }
  const block = strings === "" ? "{}" : `{${strings}\n  }`;
  return `{\n  "locale": ${JSON.stringify(locale)},\n  "strings": ${block}\n}\n`;
}

function sourceText(template: Template): string {
  const [only] = template;
  if (template.length === 1 && typeof only === "string") return only;
  let text = "";
  for (const part of template) text += typeof part === "string" ? part : part.source;
  return text;
}
