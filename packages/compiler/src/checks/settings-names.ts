/** Names that the project file gives: P2009, P2001 for locales and opening hours, and P5006 for those that no flow uses. */
import type { Fix } from "../diagnostics/diagnostic.ts";
import { rename, suggest, unknownNameAt } from "../diagnostics/suggest.ts";
import type { Settings } from "../project/settings.ts";
import type { Expr } from "../syntax/ast.ts";
import { type Span, spanOf } from "../text/source.ts";
import { at, type Checked, type Report } from "./program.ts";
import { writtenText } from "./text-uses.ts";

export function envNamesDeclared({ types, settings }: Checked, report: Report): void {
  for (const expr of types.ofProject) {
    if (expr.kind !== "FieldExpr" || settings.env.includes(expr.field.text)) continue;
    const name = expr.field.text;
    const found = suggest(name, settings.env);
    at(
      report,
      "P2009",
      expr.field,
      { name, ...found },
      { fixes: [...rename(expr.field, found.similar), ...declare(name, settings)] },
    );
  }
}

/** Not safe: from then on the bot starts only where the variable is set. */
function declare(name: string, { places }: Settings): readonly Fix[] {
  if (!places?.env) return [];
  const { span, before, after } = places.env;
  const title = `Declare \`${name}\` in \`parley.yaml\``;
  return [{ title, safe: false, edits: [{ span, text: `${before}${name}${after}` }] }];
}

export function localesKnown(program: Checked, report: Report): void {
  const { names, nodes, settings } = program;
  const known = [settings.locales.default, ...settings.locales.others];
  const check = (name: string, span: Span): void => {
    if (name !== "" && !known.includes(name)) unknown("locale", name, span, known, report);
  };
  for (const { target, value } of nodes.sets) {
    const written = literal(value);
    if (written !== undefined && target.names[0]?.text === "contact" && target.names[1]?.text === "locale") {
      check(written, inside(value));
    }
  }
  for (const file of names.files) {
    for (const d of file.declarations) {
      if (d.kind === "TestDecl")
        for (const step of d.steps) if (step.kind === "UseLocale") check(step.name.text, step.name);
    }
  }
}

export function hoursKnown({ types, settings }: Checked, report: Report): void {
  const known = Object.keys(settings.hours);
  for (const expr of types.ofProject) {
    const arg = expr.kind === "CallExpr" ? expr.args[0] : undefined;
    const name = arg && literal(arg);
    if (arg && name !== undefined && !known.includes(name)) unknown("opening hours", name, inside(arg), known, report);
  }
}

export function settingsUsed({ types, settings }: Checked, report: Report): void {
  const { names = [] } = settings.places ?? {};
  if (names.length === 0) return;
  const used = { env: new Set<string>(), hours: new Set<string>() };
  for (const expr of types.ofProject) {
    if (expr.kind === "FieldExpr") used.env.add(expr.field.text);
    else {
      const [arg] = expr.args;
      const name = arg && literal(arg);
      // Which hours are meant is not known before the bot runs: all may be.
      if (name === undefined) for (const one of names) used.hours.add(one.text);
      else used.hours.add(name);
    }
  }
  for (const { of, text, span } of names) {
    if (!used[of].has(text)) at(report, "P5006", span, { what: `entry of \`${of}\``, name: text, problem: "unused" });
  }
}

function unknown(what: string, text: string, span: Span, known: readonly string[], report: Report): void {
  report(unknownNameAt(what, { ...span, text }, known));
}

function literal(expr: Expr): string | undefined {
  return expr.kind === "TextExpr" ? writtenText(expr) : undefined;
}

/** A text without its quotes. */
function inside(expr: Expr): Span {
  return spanOf(expr.source, expr.start + 1, Math.max(expr.start + 1, expr.end - 1));
}
