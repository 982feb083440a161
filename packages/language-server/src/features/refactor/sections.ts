/** Rows of a list under a heading, and without it. */
import type { Syntax } from "@parley/compiler";
import type { CodeAction } from "vscode-languageserver";
import { type Node, pathAt } from "../../at.ts";
import type { View } from "../../view.ts";
import { action, type Change, indentAt, indented, replace } from "./edits.ts";

const KIND = "refactor.rewrite.section";

export function askSections(view: View, file: Syntax.File, offset: number): readonly CodeAction[] {
  const path = pathAt(file, offset);
  const ask = path.findLast((node): node is Node & Syntax.Ask => node.kind === "Ask");
  if (!ask || !(ask.ask === "auto" || ask.ask === "list")) return [];
  const section = path.findLast((node): node is Node & Syntax.Section => node.kind === "Section");
  if (section) return withoutHeading(view, ask, section);
  const rows = ask.clauses.filter(({ kind }) => kind === "Option" || kind === "ForRows");
  const [first, last] = [rows[0], rows.at(-1)];
  // Once there are sections all rows stand in one; what stands between the rows would, too.
  if (!first || !last || ask.clauses.some(({ kind }) => kind === "Section")) return [];
  const between = ask.clauses.filter(({ start, end }) => start >= first.start && end <= last.end);
  if (between.length !== rows.length || (ask.ask === "auto" && rows.length < 4)) return [];
  return [action(view, "Put the options under a heading", KIND, [underHeading(file, first, last)])];
}

function underHeading({ source }: Syntax.File, first: Node, last: Node): Change {
  const outer = indentAt(source, first.start);
  const text = indented(source.text.slice(first.start, last.end), outer, `${outer}  `);
  return {
    source,
    start: first.start,
    end: last.end,
    text: `section "Options" {\n${outer}  ${text}\n${outer}}`,
  };
}

/** The only one, which is always there: a list of one section needs none. Translations of the title would be left over. */
function withoutHeading(view: View, ask: Syntax.Ask, section: Node & Syntax.Section): readonly CodeAction[] {
  const others = ask.clauses.filter(({ kind }) => kind === "Section");
  const [first, last] = [section.clauses[0], section.clauses.at(-1)];
  if (view.compilation.settings.locales.others.length > 0 || others.length !== 1 || section.when || !first || !last)
    return [];
  const { source } = section;
  const text = indented(
    source.text.slice(first.start, last.end),
    indentAt(source, first.start),
    indentAt(source, section.start),
  );
  return [action(view, "Take the heading away", KIND, [replace(section, text)])];
}
