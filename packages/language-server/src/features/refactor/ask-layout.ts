/** Reply buttons to a list and back, exactly where the other layout takes all options in every language. */
import type { LayoutChoice, Syntax } from "@parley/compiler";
import type { CodeAction } from "vscode-languageserver";
import { type Node, pathAt } from "../../at.ts";
import type { View } from "../../view.ts";
import { layoutFor, speakers } from "../hover/card.ts";
import { action, type Change, insert, replace } from "./edits.ts";

const KIND = "refactor.rewrite.layout";

export function askLayout(view: View, file: Syntax.File, offset: number): readonly CodeAction[] {
  const ask = pathAt(file, offset).findLast((node): node is Node & Syntax.Ask => node.kind === "Ask");
  if (!ask || !(ask.ask === "auto" || ask.ask === "buttons" || ask.ask === "list")) return [];
  const layouts = speakers(view).map((speaker) => layoutFor(speaker, { ...ask, ask: "auto" }));
  if (!layouts.every((layout) => layout !== undefined) || ask.clauses.length === 0) return [];
  const found: CodeAction[] = [];
  const toList = fitsList(ask, layouts) ? [word(ask, "list")] : undefined;
  const toButtons = fitsButtons(ask, layouts) ? [word(ask, "buttons"), ...withoutOpen(ask)] : undefined;
  if (toList && ask.ask !== "list") found.push(action(view, "Make it a list", KIND, toList));
  if (toButtons && ask.ask !== "buttons") found.push(action(view, "Make them reply buttons", KIND, toButtons));
  if (ask.ask !== "auto" && takesAnyLayout(ask)) {
    found.push(action(view, "Let the layout follow from the options", KIND, [word(ask, "")]));
  }
  return found;
}

function word(ask: Syntax.Ask, kind: "buttons" | "list" | ""): Change {
  const { askWord, source } = ask;
  if (!askWord) {
    const head = /^ask(\s+once)?/.exec(source.text.slice(ask.start, ask.end))?.[0] ?? "ask";
    return insert(source, ask.start + head.length, ` ${kind}`);
  }
  if (kind !== "") return replace(askWord, kind);
  // With the space before it.
  return { source, start: askWord.start - 1, end: askWord.end, text: "" };
}

function withoutOpen(ask: Syntax.Ask): readonly Change[] {
  return ask.clauses.flatMap((clause) => {
    if (clause.kind !== "OpenClause") return [];
    const before = ask.source.text.slice(0, clause.start);
    return [{ source: ask.source, start: before.trimEnd().length, end: clause.end, text: "" }];
  });
}

/** At most 3 with short titles, no descriptions, no sections; of one title each. */
function fitsButtons(ask: Syntax.Ask, layouts: readonly (LayoutChoice | undefined)[]): boolean {
  if (ask.clauses.some(({ kind }) => kind === "MoreClause" || kind === "Section")) return false;
  return layouts.every((layout) => layout?.layout === "buttons" && distinct(layout));
}

function distinct({ rows }: LayoutChoice): boolean {
  const titles = rows.map(({ title, label }) => (title ? title.source.text.slice(title.start, title.end) : label));
  return new Set(titles).size === titles.length;
}

/** At most 10; a list has a text as header. What fits no row as it stands is told where the layout is chosen. */
function fitsList(ask: Syntax.Ask, layouts: readonly (LayoutChoice | undefined)[]): boolean {
  if (ask.clauses.some((clause) => clause.kind === "HeaderClause" && clause.media !== "text")) return false;
  return layouts.every((layout) => layout !== undefined && layout.layout !== "pages" && distinct(layout));
}

/** Sections, `open`, `more` and a header that is no text belong to one layout. */
function takesAnyLayout(ask: Syntax.Ask): boolean {
  return !ask.clauses.some(
    (clause) =>
      clause.kind === "OpenClause" ||
      clause.kind === "MoreClause" ||
      clause.kind === "Section" ||
      clause.kind === "HeaderClause",
  );
}
