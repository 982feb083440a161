/** A name that nobody has declared, and what declares it. */
import { type Diagnostic, type Syntax, showType } from "@parley/compiler";
import type { Node } from "../../../at.ts";
import type { View } from "../../../view.ts";
import type { Change } from "../edits.ts";

export interface Missing {
  readonly view: View;
  readonly file: Syntax.File;
  readonly found: Diagnostic;
  readonly name: string;
  /** The nodes around the name, the outermost first. */
  readonly path: readonly Node[];
  /** The flow that the name stands in, or that the test around it is about. */
  readonly flow: (Node & Syntax.FlowDecl) | undefined;
  readonly inTest: boolean;
}

export interface Creation {
  readonly title: string;
  readonly changes: readonly Change[];
}

/** Undefined where nobody can tell what to write, or where. */
export type Create = (missing: Missing) => Creation | undefined;

/** Long enough for most names, short enough for most places. */
export const SOME_TEXT = "text(60)";

/** The type of a value as a declaration writes it. What is written out says little about what else may come. */
export function typeFor({ compilation }: View, expr: Syntax.Expr): string {
  if (expr.kind === "TextExpr") return SOME_TEXT;
  if (expr.kind === "NumberExpr") return "number";
  const type = compilation.types.ofExpr.get(expr);
  const shown = type && type.kind !== "namespace" ? showType(type) : "";
  return shown === "" || (shown.includes("?") && shown.length === 1) || shown.includes("[]") ? SOME_TEXT : shown;
}

/** What an argument is called where it has a name, and its type. */
export function paramsFor(view: View, args: readonly Syntax.Expr[]): readonly string[] {
  const taken = new Set<string>();
  return args.map((arg, i) => {
    const own = arg.kind === "NameExpr" ? arg.name : arg.kind === "FieldExpr" ? arg.field.text : "";
    const name = /^[a-z_]\w*$/i.test(own) && own !== "text" && !taken.has(own) ? own : `value${i + 1}`;
    taken.add(name);
    return `${name}: ${typeFor(view, arg)}`;
  });
}

/** `extra_large` as people read it. */
export function labelOf(name: string): string {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function nearest(path: readonly Node[], ...kinds: readonly string[]): Node | undefined {
  return path.findLast(({ kind }) => kinds.includes(kind));
}

/** Before a declaration, with the comments that document it. */
export function startOf(file: Syntax.File, { start }: Node): number {
  const { text } = file.source;
  let at = start;
  for (;;) {
    const before = text.lastIndexOf("\n", at - 2) + 1;
    if (before >= at || !text.slice(before, at).trimStart().startsWith("///")) return at;
    at = before;
  }
}
