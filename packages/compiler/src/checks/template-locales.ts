/** P6003: each language of the bot, or one that it falls back to, is one of the template's. */
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { TemplateDecl } from "../syntax/ast.ts";
import { type Span, spanOf } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { at, type Checked, type Report } from "./program.ts";

export function templatesInEveryLocale(program: Checked, report: Report): void {
  for (const decl of program.names.templates.values()) {
    if (decl.listed) continue;
    const clause = decl.clauses.find((c) => c.kind === "TemplateLocales");
    if (clause)
      check(
        program,
        decl,
        clause,
        clause.names.map((name) => name.text),
        addTo(clause),
        report,
      );
  }
  for (const name of sentTemplates(program)) {
    const referent = program.names.refs.get(name);
    const decl = referent?.kind === "template" ? referent.decl : undefined;
    const languages = decl?.listed?.languages ?? [];
    if (decl && languages.length > 0) check(program, decl, name, languages, () => [], report);
  }
}

function sentTemplates({ nodes }: Checked): readonly (Span & { kind: "Name"; text: string })[] {
  return [
    ...nodes.sends.flatMap(({ what }) => (what.kind === "SendTemplate" ? [what.name] : [])),
    ...nodes.asks.flatMap(({ template }) => (template ? [template.name] : [])),
  ];
}

function check(
  { settings }: Checked,
  decl: TemplateDecl,
  span: Span,
  locales: readonly string[],
  fixes: (locale: string) => readonly Fix[],
  report: Report,
): void {
  if (locales.includes("")) return;
  const { default: last, others } = settings.locales;
  for (const locale of [last, ...others]) {
    const language = sure(locale.split("_")[0]);
    if ([locale, language, last].some((one) => locales.includes(one))) continue;
    at(report, "P6003", span, { name: decl.name.text, locale, locales }, { fixes: fixes(locale) });
  }
}

/** The approval has to follow, so the repair is not a safe one. */
function addTo({ source, end }: Span): (locale: string) => readonly Fix[] {
  return (locale) => [
    { title: `Add \`${locale}\``, safe: false, edits: [{ span: spanOf(source, end, end), text: `, ${locale}` }] },
  ];
}
