/** Places for the translations of a message in the files of the other languages. */
import { extractLocale, type LocaleFile, type Syntax } from "@parley/compiler";
import type { CodeAction } from "vscode-languageserver";
import { pathAt } from "../../at.ts";
import { toRange } from "../../positions.ts";
import { uriIn } from "../../uris.ts";
import { uriOf, type View } from "../../view.ts";

/** As `parley i18n extract` adds them, of the whole project: a file that is not there yet is made. */
export function toLocales(view: View, file: Syntax.File, offset: number): readonly CodeAction[] {
  const { settings, translations, diagnostics } = view.compilation;
  const text = pathAt(file, offset).findLast(({ kind }) => kind === "TextExpr");
  if (!text || settings.locales.others.length === 0) return [];
  const missing = new Set(
    diagnostics.flatMap(({ code, args, related }) =>
      code === "P7001" && related.some(({ span }) => span.source === text.source && span.start === text.start)
        ? [args["locale"]]
        : [],
    ),
  );
  return settings.locales.others.flatMap((locale) => {
    const current = translations.files.find((one) => one.locale === locale);
    return current && !missing.has(locale) ? [] : addPlaces(view, locale, current);
  });
}

function addPlaces(view: View, locale: string, current: LocaleFile | undefined): readonly CodeAction[] {
  const { settings, translations } = view.compilation;
  const extracted = extractLocale(translations, locale, current);
  if (extracted.broken || extracted.added === 0) return [];
  const uri = current ? uriOf(view, current.source) : uriIn(view.folder, `${settings.locales.dir}/${locale}.yaml`);
  const source = current?.source ?? { path: "", text: "" };
  const range = toRange({ source, start: 0, end: source.text.length });
  const created = current ? [] : [{ kind: "create" as const, uri, options: { ignoreIfExists: true } }];
  const edits = [{ range, newText: extracted.text }];
  return [
    {
      title: `Add ${extracted.added} ${extracted.added === 1 ? "place" : "places"} to ${locale}.yaml`,
      kind: "refactor.extract.translation",
      edit: { documentChanges: [...created, { textDocument: { uri, version: null }, edits }] },
    },
  ];
}
