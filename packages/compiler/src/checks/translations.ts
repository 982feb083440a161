/**
 * What is asked of the texts of the default language is asked of every other language, with the layouts that its own words
 * give: P7002 for what is too long, the codes of the default language for all else.
 */
import { codePoints, LIMITS } from "@parley/whatsapp";
import { BUILTIN, placeKey } from "../locales/keys.ts";
import type { Language } from "../locales/translations.ts";
import type { Ask, TextExpr } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { type LayoutChoice, layoutOf, titleLimit } from "../types/layout.ts";
import { maxLength } from "../types/length.ts";
import type { Row } from "../types/rows.ts";
import type { Wording } from "../types/wording.ts";
import { buttonsWithDifferentTitles, rowsWithDifferentTitles } from "./buttons.ts";
import { headersWhereAllowed } from "./headers.ts";
import { sumOf } from "./lengths.ts";
import { textsNotBlank, titlesOnOneLine } from "./plain-texts.ts";
import { at, type Checked, type Report } from "./program.ts";
import { type TextUse, textUses, writtenText } from "./text-uses.ts";

export function translationsWithinLimits(program: Checked, report: Report): void {
  for (const language of program.translations?.languages ?? []) {
    const translated = inWordsOf(program, language.wording);
    for (const use of translated.texts) withinLimit(program, use, language.wording, report);
    labelsWithinLimits(translated, language, report);
    wordsWithinLimits(language, report);
    const own = { ...translated, texts: translated.texts.filter((use) => !isWritten(use.text)) };
    textsNotBlank(own, report);
    titlesOnOneLine(own, report);
    // Between two texts of the default language it is reported there.
    const files = new Set(program.translations?.files.map((file) => file.source));
    const ofLanguage: Report = (d) => {
      if (files.has(d.span.source) || d.related.some((r) => files.has(r.span.source))) report(d);
    };
    buttonsWithDifferentTitles(translated, ofLanguage);
    rowsWithDifferentTitles(translated, ofLanguage);
    headersInLayout(program, translated, language.locale, report);
  }
}

/** The program as a user of this language sees it. */
function inWordsOf(program: Checked, wording: Wording): Checked {
  const { nodes } = program;
  const layouts = new Map<Ask, LayoutChoice>();
  const typed = { names: program.names, types: program.types, wording };
  for (const ask of program.layouts.keys()) {
    const layout = layoutOf(typed, ask);
    if (layout) layouts.set(ask, layout);
  }
  const texts = textUses(nodes, layouts).map((use): TextUse => {
    // The rows of a layout are in the words of the language already.
    const text = wording.text(use.text);
    return { ...use, text, written: writtenText(text), clause: isWritten(text) ? use.clause : undefined };
  });
  return { ...program, layouts, texts };
}

/** In a `.flow` file: not translated. */
function isWritten(text: TextExpr): boolean {
  return text.source.path.endsWith(".flow");
}

// ---------------------------------------------------------------- P7002

function withinLimit(program: Checked, use: TextUse, wording: Wording, report: Report): void {
  const { text, what, max } = use;
  const length = maxLength(program.types.ofExpr, text, wording);
  const asWritten = isWritten(text);
  // What the default language says in this language, too, is judged there, but for labels that are longer here.
  if (asWritten && length.codePoints <= maxLength(program.types.ofExpr, text).codePoints && sameLimit(program, use))
    return;
  if (use.short && length.codePoints > max) {
    const most = LIMITS.rowDescription.max;
    if (use.option?.description || length.codePoints <= most || max !== LIMITS.rowTitle.max) return;
    tooLong(wording.locale, text, `${what}, which stands as the description,`, length, most, report);
  } else if (length.codePoints > max) {
    tooLong(wording.locale, text, what, length, max, report);
  } else if (length.utf16 > max && !asWritten) {
    at(report, "P3023", text, { what, length: length.codePoints, units: length.utf16, max });
  }
}

/** The layout of another language can be stricter with a text that it has not translated. */
function sameLimit({ texts }: Checked, use: TextUse): boolean {
  return !usesOf(texts, use.text).some((other) => other.what === use.what && other.max > use.max);
}

const known = new WeakMap<readonly TextUse[], ReadonlyMap<TextExpr, readonly TextUse[]>>();

/** Of one text, whatever the number of all: this is asked for each text in each language. */
function usesOf(texts: readonly TextUse[], text: TextExpr): readonly TextUse[] {
  let byText = known.get(texts);
  if (!byText) {
    byText = Map.groupBy(texts, (use) => use.text);
    known.set(texts, byText);
  }
  return byText.get(text) ?? [];
}

function tooLong(
  locale: string,
  text: TextExpr,
  what: string,
  length: ReturnType<typeof maxLength>,
  max: number,
  report: Report,
): void {
  const sum = length.holes.length > 0 ? sumOf(length) : "";
  at(report, "P7002", text, { locale, what, length: length.codePoints, max, sum });
}

/** Rows that stand for cases of an enum: a label may be translated that the default language does not write. */
function labelsWithinLimits(translated: Checked, { locale, wording }: Language, report: Report): void {
  const seen = new Set<Span>();
  for (const choice of translated.layouts.values()) {
    const max = titleLimit(choice.layout);
    for (const row of choice.rows) {
      const label = labelIn(row, wording);
      if (!label || seen.has(label)) continue;
      const length = codePoints(row.label ?? "");
      if (length <= max || (row.short && row.option)) continue;
      seen.add(label);
      at(report, "P7002", label, { locale, what: `the label of \`${row.id}\``, length, max, sum: "" });
    }
  }
}

/** The translated label that a row shows. */
function labelIn(row: Row, wording: Wording): TextExpr | undefined {
  if (row.title || !row.enumCase || row.enumCase.label) return undefined;
  const label = wording.label(row.enumCase);
  return label === row.enumCase.label ? undefined : label;
}

/** Words of ours, as the file changes them. */
const BUILTIN_LIMITS = {
  open: LIMITS.listButton,
  more: LIMITS.rowTitle,
  numbered: LIMITS.textBody,
  error: LIMITS.textBody,
};

function wordsWithinLimits(language: Language, report: Report): void {
  for (const [name, { max }] of Object.entries(BUILTIN_LIMITS)) {
    const text = language.places.get(placeKey({ entry: BUILTIN, name, inTexts: false }));
    const written = text && writtenText(text);
    if (!text || written === undefined) continue;
    const what = `the built-in word \`${name}\``;
    if (written.trim() === "") at(report, "P3011", text, { what, problem: "blank" });
    else if (codePoints(written) > max) {
      at(report, "P7002", text, { locale: language.locale, what, length: codePoints(written), max, sum: "" });
    } else if (written.includes("\n") && (name === "open" || name === "more")) {
      at(report, "P3020", text, { found: "a line break", what });
    }
  }
}

// ---------------------------------------------------------------- P3014

/** Where longer words make a list of what are buttons elsewhere, a header may have no place any more. */
function headersInLayout(program: Checked, translated: Checked, locale: string, report: Report): void {
  const edges = program.nodes.edges.filter(({ of }) => {
    return of.kind === "Ask" && translated.layouts.get(of)?.layout !== program.layouts.get(of)?.layout;
  });
  headersWhereAllowed({ ...translated, nodes: { ...program.nodes, edges } }, (d) => {
    report({ ...d, args: { ...d.args, where: `${String(d.args["where"])}, which this is in \`${locale}\`` } });
  });
}
