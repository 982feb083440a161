/** Values that do not fit their place: what is wrong and, where it can be computed, the repair. */
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Expr } from "../syntax/ast.ts";
import { type Span, spanOf } from "../text/source.ts";
import { defaultValue } from "./default-value.ts";
import { fits, present } from "./relations.ts";
import { show } from "./show.ts";
import type { Type } from "./type.ts";
import { report, type Typer } from "./typer.ts";

/** P2003, or P2004 where the value would fit if it were there. `place` says what takes the value: "`count`". */
export function doesNotFit(t: Typer, expr: Expr, from: Type, to: Type, place: string): void {
  const target = present(to);
  if (from.kind === "optional" && fits(from.of, to)) return mayBeMissing(t, expr);
  const value = present(from);
  if (value.kind === "text" && target.kind === "text") {
    if (value.max === 0) return report(t, "P2003", expr, { problem: "blank", wanted: show(to), place });
    const sizes = { length: value.max, max: target.max, place };
    if (isLiteral(expr)) return report(t, "P2003", expr, { problem: "literal", ...sizes });
    const fix = wrap(`Cut it to ${target.max} characters`, expr, "clip(", `, ${target.max})`);
    return report(t, "P2003", expr, { problem: "text", ...sizes }, [fix]);
  }
  if (value.kind === "range" && target.kind === "range") {
    const fixes = isLiteral(expr) ? [] : [clamped(expr, target, "")];
    return report(t, "P2003", expr, { problem: "range", found: show(value), wanted: show(target), place }, fixes);
  }
  if (value.kind === "list" && target.kind === "list" && fits(value.of, target.of)) {
    const found = value.min === value.max ? String(value.max) : `${value.min} to ${value.max}`;
    return report(t, "P2003", expr, { problem: "items", found, wanted: `${target.min} to ${target.max}`, place });
  }
  const fixes = value.kind === "number" && target.kind === "range" ? [clamped(expr, target, "round")] : [];
  report(t, "P2003", expr, { problem: "type", found: show(from), wanted: show(to), place }, fixes);
}

export function mayBeMissing(t: Typer, expr: Expr): void {
  report(t, "P2004", expr, { problem: "none", what: written(expr) }, otherwise(t, expr));
}

/** `x ?? …`, in parentheses but where it stands alone. */
function otherwise(t: Typer, expr: Expr): readonly Fix[] {
  const type = t.ofExpr.get(expr);
  const value = type?.kind === "optional" ? defaultValue(type.of) : undefined;
  if (value === undefined) return [];
  const { text } = expr.source;
  const alone = /[{(,]\s*$/.test(text.slice(0, expr.start)) && /^\s*[}),]/.test(text.slice(expr.end));
  return [wrap(`Use \`${value}\` where it is missing`, expr, alone ? "" : "(", ` ?? ${value}${alone ? "" : ")"}`)];
}

/** A short value as written, else "this value". */
export function written(expr: Span): string {
  const text = expr.source.text.slice(expr.start, expr.end);
  return text.length <= 40 && !text.includes("\n") ? `\`${text}\`` : "this value";
}

function isLiteral(expr: Expr): boolean {
  return (
    expr.kind === "NumberExpr" || (expr.kind === "TextExpr" && expr.parts.every((part) => typeof part === "string"))
  );
}

function clamped(expr: Expr, to: Type & { kind: "range" }, round: "round" | ""): Fix {
  const before = round === "" ? "clamp(" : "clamp(round(";
  return wrap(`Keep it within ${show(to)}`, expr, before, `${round === "" ? "" : ")"}, ${to.min}, ${to.max})`);
}

function wrap(title: string, expr: Span, before: string, after: string): Fix {
  const { source, start, end } = expr;
  const opening = before === "" ? [] : [{ span: spanOf(source, start, start), text: before }];
  return { title, safe: false, edits: [...opening, { span: spanOf(source, end, end), text: after }] };
}
