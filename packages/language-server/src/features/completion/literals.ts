/** Texts that name something: opening hours, languages, options in tests. */
import type { WrittenToken } from "@parley/compiler";
import type { CompletionItem } from "vscode-languageserver";
import { textSource } from "../../texts.ts";
import { item } from "./item.ts";
import type { Writing } from "./writing.ts";

/** `before`: the words left of the text. */
export function inText(w: Writing, before: readonly WrittenToken[]): readonly CompletionItem[] {
  const words = before.map(({ image }) => image);
  const { settings } = w.view.compilation;
  if (words.at(-1) === "(" && words.at(-2) === "open") {
    return Object.entries(settings.hours).map(([name, detail]) => item(name, { kind: "constant", detail, rank: 5 }));
  }
  if (words.slice(-4).join("") === "contact.locale=") {
    return [settings.locales.default, ...settings.locales.others].map((l) => item(l, { kind: "constant", rank: 5 }));
  }
  if (words[0] === "user" && words.at(-1) === "says") return triggerTexts(w);
  return [];
}

/** What starts flows. */
function triggerTexts({ view, tested }: Writing): readonly CompletionItem[] {
  const flows = tested ? [tested] : [...view.compilation.names.flows.values()];
  return flows.flatMap((flow) =>
    flow.triggers.flatMap(({ on }) =>
      on.kind === "OnText"
        ? on.texts.flatMap((t) =>
            t.kind === "TextExpr"
              ? [item(textSource(t), { kind: "text", detail: `starts ${flow.name.text}`, rank: 5 })]
              : [],
          )
        : [],
    ),
  );
}
