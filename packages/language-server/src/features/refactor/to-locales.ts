/** Translations that are missing: of the text at a place, or of a whole language. */
import { extractLocale, type Diagnostic as Finding, type LocaleFile, type Source, type Syntax } from "@parley/compiler";
import type { CodeAction, CodeActionParams, Range } from "vscode-languageserver";
import { pathAt } from "../../at.ts";
import { offsetAt, toRange } from "../../positions.ts";
import { uriIn } from "../../uris.ts";
import { uriOf, type View } from "../../view.ts";
import { entryAt, yamlTree } from "../data/yaml-tree.ts";
import { editOf } from "../problems/actions.ts";

/** Of the text at an offset: its translation, and as `parley i18n extract` does it the places for all texts. */
export function toLocales(view: View, file: Syntax.File, offset: number): readonly CodeAction[] {
  const { settings, translations } = view.compilation;
  const text = pathAt(file, offset).findLast(({ kind }) => kind === "TextExpr");
  if (!text || settings.locales.others.length === 0) return [];
  const missing = view.compilation.diagnostics.filter(
    ({ code, related }) =>
      code === "P7001" &&
      related.some(({ span }) => span.source.path === text.source.path && span.start === text.start),
  );
  const own = missing.map((found) => translate(view, found));
  const all = settings.locales.others.flatMap((locale) => {
    const current = translations.files.find((one) => one.locale === locale);
    const isMissing = missing.some(({ args }) => args["locale"] === locale);
    return current && !isMissing ? [] : addPlaces(view, locale, current, "refactor.extract.translation");
  });
  return [...own, ...all];
}

/** With what the default language says in it, selected: the next word replaces it. */
function translate(view: View, found: Finding): CodeAction {
  const { source } = found.span;
  const edits = found.fixes[0]?.edits ?? [];
  const range = edits[0] ? writtenIn(source, edits[0].span.start, edits[0].text) : behind(source, found.span.end);
  return {
    title: `Write the translation in ${source.path}`,
    kind: "quickfix",
    ...(edits.length > 0 ? { edit: editOf(view, edits) } : {}),
    command: {
      title: "Go to the translation",
      command: "parley.selectRange",
      arguments: [uriOf(view, source), range],
    },
  };
}

/** The last text in quotes of what is written at a place, as it stands afterwards, without its quotes. */
function writtenIn({ text }: Source, at: number, added: string): Range {
  const after = { path: "", text: text.slice(0, at) + added + text.slice(at) };
  const [quoted = '""'] = added.match(/"(?:[^"\\]|\\.)*"/g)?.slice(-1) ?? [];
  const end = at + added.lastIndexOf(quoted) + quoted.length - 1;
  return toRange({ source: after, start: end - quoted.length + 2, end });
}

/** A key is there already, and waits for its text: the end of its line. */
function behind(source: Source, at: number): Range {
  const line = /^[^\r\n]*/.exec(source.text.slice(at))?.[0] ?? "";
  return toRange({ source, start: at + line.length, end: at + line.length });
}

/** On a language of `parley.yaml` whose file is not there, and in a locale file where something is missing. */
export function missingTranslations(view: View, source: Source, params: CodeActionParams): readonly CodeAction[] {
  const { only, diagnostics } = params.context;
  if (only && !only.some((kind) => kind === "" || kind === "quickfix")) return [];
  const offset = offsetAt(source, params.range.start);
  const about = diagnostics.filter(({ code }) => code === "P7001");
  const { files } = view.compilation.translations;
  if (source === view.project) {
    const item = entryAt(yamlTree(source.text), "locales", "others")?.items.find(
      ({ start, end }) => start <= offset && offset <= end,
    );
    if (!item || files.some(({ locale }) => locale === item.text)) return [];
    return addPlaces(view, item.text, undefined, "quickfix").map((one) => ({
      ...one,
      diagnostics: about,
      isPreferred: true,
    }));
  }
  const file = files.find((one) => one.source.path === source.path);
  const isHere = view.compilation.diagnostics.some(
    ({ code, span }) =>
      code === "P7001" && span.source.path === source.path && span.start <= offset && offset <= span.end,
  );
  return file && isHere ? addPlaces(view, file.locale, file, "quickfix") : [];
}

/** As `parley i18n extract` adds them, of the whole project: a file that is not there yet is made. */
function addPlaces(
  view: View,
  locale: string,
  current: LocaleFile | undefined,
  kind: "quickfix" | "refactor.extract.translation",
): readonly CodeAction[] {
  const { settings, translations } = view.compilation;
  const extracted = extractLocale(translations, locale, current);
  if (extracted.broken || extracted.added === 0) return [];
  const path = current?.source.path ?? `${settings.locales.dir}/${locale}.yaml`;
  const uri = current ? uriOf(view, current.source) : uriIn(view.folder, path);
  const source = current?.source ?? { path: "", text: "" };
  const range = toRange({ source, start: 0, end: source.text.length });
  const created = current ? [] : [{ kind: "create" as const, uri, options: { ignoreIfExists: true } }];
  const places = `${extracted.added} ${extracted.added === 1 ? "place" : "places"}`;
  return [
    {
      title: current ? `Add ${places} to ${path}` : `Create ${path} with ${places}`,
      kind,
      edit: {
        documentChanges: [
          ...created,
          { textDocument: { uri, version: null }, edits: [{ range, newText: extracted.text }] },
        ],
      },
    },
  ];
}
