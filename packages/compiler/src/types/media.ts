import type { Expr } from "../syntax/ast.ts";
import { inferPresent } from "./expressions.ts";
import { show } from "./show.ts";
import { report, type Typer } from "./typer.ts";

/** A link, written or as a `url`, or a `media` value. Whether a written link is one is checked later (P3021). */
export function checkMedia(t: Typer, expr: Expr): void {
  const type = inferPresent(t, expr);
  if (type.kind === "url" || type.kind === "media" || type.kind === "unknown" || expr.kind === "TextExpr") return;
  report(t, "P2003", expr, { problem: "type", found: show(type), wanted: "url", place: "a file to send" });
}
