/** Codes behind `// parley-ignore`. */
import { CATALOG, type Code } from "@parley/compiler";
import type { CompletionItem } from "vscode-languageserver";
import { item } from "./item.ts";
import type { Writing } from "./writing.ts";

/** Codes that are found on this line or the next come first; errors cannot be left out. */
export function inComment({ view, file, offset }: Writing): readonly CompletionItem[] {
  const { text } = file.source;
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(start, offset);
  if (!/\/\/\s*parley-ignore\s+(P\d+\s*,\s*)*\w*$/.test(line)) {
    const word = /\/\/\s*([\w-]*)$/.exec(line)?.[1];
    return word !== undefined && "parley-ignore".startsWith(word)
      ? [
          item("parley-ignore", {
            kind: "keyword",
            detail: "leave out a warning",
            rank: 0,
            snippet: `parley-ignore \${1:P5006}: \${2:reason}`,
          }),
        ]
      : [];
  }
  const end = text.indexOf("\n", text.indexOf("\n", offset) + 1);
  const near = new Set(
    view.compilation.diagnostics.flatMap(({ code, span }) =>
      span.source.path === file.source.path && span.start >= start && span.start <= (end < 0 ? text.length : end)
        ? [code]
        : [],
    ),
  );
  return (Object.keys(CATALOG) as Code[])
    .filter((code) => CATALOG[code].severity !== "error")
    .map((code) =>
      item(code, {
        kind: "constant",
        detail: CATALOG[code].slug.replaceAll("-", " "),
        rank: near.has(code) ? 0 : 5,
        insert: line.trimEnd().endsWith(",") ? code : `${code}: `,
        data: { kind: "code", code },
      }),
    );
}
