/** What may stand in a text: P3011 blank ones, P3020 line breaks and spaces where they are refused. */
import { LIMITS } from "@parley/whatsapp";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Expr, TextExpr } from "../syntax/ast.ts";
import { withSpaceBefore } from "../text/removal.ts";
import { type Span, spanOf } from "../text/source.ts";
import { at, type Checked, type Report } from "./program.ts";
import type { TextUse } from "./text-uses.ts";

export function textsNotBlank(program: Checked, report: Report): void {
  for (const use of program.texts) {
    if (!isBlank(use) || use.what === "the title of the section") continue;
    const fixes: readonly Fix[] = use.clause
      ? [{ title: "Remove it", safe: false, edits: [{ span: withSpaceBefore(use.clause), text: "" }] }]
      : [];
    at(report, "P3011", use.text, { what: use.what, problem: "blank" }, { fixes });
  }
}

function isBlank({ written }: TextUse): boolean {
  return written !== undefined && written.trim() === "";
}

export function titlesOnOneLine(program: Checked, report: Report): void {
  for (const use of program.texts) {
    if (!use.oneLine || isBlank(use)) continue;
    if (hasBreak(use)) {
      at(report, "P3020", breakIn(use.text), { found: "a line break", what: use.what }, { fixes: joinLines(use.text) });
    } else if (use.trimmed && hasSpaceAtEdge(use.text)) {
      at(report, "P3020", use.text, { found: "a space at the edge", what: use.what }, { fixes: trim(use.text) });
    }
  }
}

function hasBreak({ text, written }: TextUse): boolean {
  if (written !== undefined) return written.includes("\n");
  return text.parts.some((part) => typeof part === "string" && part.includes("\n"));
}

/** The escape, or the whole text where it has several lines. */
function breakIn(text: TextExpr): Span {
  const { source, start, end } = text;
  const found = text.block ? -1 : source.text.slice(start, end).indexOf("\\n");
  return found < 0 ? text : spanOf(source, start + found, start + found + "\\n".length);
}

function joinLines(text: TextExpr): readonly Fix[] {
  const place = breakIn(text);
  if (place === text) return [];
  return [{ title: "Write a space instead", safe: false, edits: [{ span: place, text: " " }] }];
}

function hasSpaceAtEdge({ parts }: TextExpr): boolean {
  const first = parts[0];
  const last = parts.at(-1);
  return (
    (typeof first === "string" && first !== first.trimStart()) || (typeof last === "string" && last !== last.trimEnd())
  );
}

function trim(text: TextExpr): readonly Fix[] {
  const { source, start, end } = text;
  if (text.block) return [];
  const inner = source.text.slice(start + 1, end - 1);
  const edits = [{ span: spanOf(source, start + 1, end - 1), text: inner.trim() }];
  return [{ title: "Remove the space", safe: true, edits }];
}

/** Template parameters, as far as they are written. */
export function templateParametersPlain(program: Checked, report: Report): void {
  const args = (exprs: readonly Expr[]): void => {
    for (const expr of exprs) if (expr.kind === "TextExpr") parameterPlain(expr, report);
  };
  for (const { what } of program.nodes.sends) if (what.kind === "SendTemplate") args(what.args);
  for (const { template } of program.nodes.asks) if (template) args(template.args);
}

function parameterPlain(text: TextExpr, report: Report): void {
  const spaces = new RegExp(` {${LIMITS.templateParameterSpaces.max + 1},}`);
  for (const part of text.parts) {
    if (typeof part !== "string") continue;
    const found = part.includes("\n")
      ? "a line break"
      : part.includes("\t")
        ? "a tab"
        : spaces.test(part)
          ? `more than ${LIMITS.templateParameterSpaces.max} spaces in a row`
          : undefined;
    if (found !== undefined) return at(report, "P3020", text, { found, what: "a template parameter" });
  }
}
