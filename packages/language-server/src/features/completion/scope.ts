/** The names that have a value at a place, with their types. */
import { ROOTS, type Root, type Syntax, type Type, typeOfRoot } from "@parley/compiler";
import { childrenOf, type Node, pathAt } from "../../at.ts";
import type { Writing } from "./writing.ts";

export interface Scoped {
  readonly name: string;
  readonly what: "variable" | "parameter" | "let" | "row" | "root";
  readonly type: Type;
  readonly doc: string;
  /** 0 is nearest. */
  readonly distance: number;
}

const UNKNOWN: Type = { kind: "unknown" };

export function scopeOf(w: Writing): readonly Scoped[] {
  const { declaration, tested, flow } = w;
  const own = flow ? ofFlow(w, flow) : tested ? ofFlow(w, tested) : [];
  const params = declaration?.kind === "ActionDecl" || declaration?.kind === "TemplateDecl" ? declaration.params : [];
  const local = flow ? locals(w) : [];
  const all = [...local, ...params.map((param) => ofField(w, param, "parameter", 1)), ...own, ...roots(w)];
  // What is nearer hides what has its name.
  return [...new Map(all.toReversed().map((one) => [one.name, one])).values()].toReversed();
}

function ofField(w: Writing, decl: Syntax.FieldDecl, what: Scoped["what"], distance: number): Scoped {
  const type = w.view.compilation.types.ofDecl.get(decl) ?? UNKNOWN;
  return { name: decl.name.text, what, type, doc: decl.doc, distance };
}

function ofFlow(w: Writing, flow: Syntax.FlowDecl): readonly Scoped[] {
  const known = w.view.compilation.names.inFlow.get(flow);
  if (known) {
    const params = new Set(flow.params);
    return [...known.vars.values()].map((decl) => ofField(w, decl, params.has(decl) ? "parameter" : "variable", 2));
  }
  return [...flow.params, ...flow.vars].map((decl) => ofField(w, decl, "variable", 2));
}

function roots(w: Writing): readonly Scoped[] {
  const { names, types } = w.view.compilation;
  const inFlow = isFailing(w) ? ROOTS : ROOTS.filter((name) => name !== "failure");
  const seen: readonly Root[] = w.declaration?.kind === "ActionDecl" ? ["env"] : inFlow;
  return seen.map((name) => ({
    name,
    what: "root",
    type: typeOfRoot(names, types, name),
    doc: ROOT_DOCS[name],
    distance: 4,
  }));
}

/** In the block of an action's `else`, where there is a `failure`. */
function isFailing({ file, offset }: Writing): boolean {
  const path = pathAt(file, offset);
  return path.some(({ kind }, i) => CALLING.has(kind) && path.slice(i + 1).some((below) => below.kind === "Block"));
}

const CALLING: ReadonlySet<string> = new Set(["Let", "Set", "Do"]);

export const ROOT_DOCS: Readonly<Record<Root, string>> = {
  contact: "Who is written with: `id`, `phone`, `name`, `locale`.",
  profile: "What is remembered of the contact; it outlives conversations.",
  reply: "The last message of the contact; `none` until they have written.",
  window: "`window.open` tells whether free-form messages may be sent.",
  env: "Values of the environment that `parley.yaml` names.",
  failure: "Why the action failed, in its `else`: `failed`, `timeout` or `unknown`.",
};

// ---------------------------------------------------------------- values of blocks

/** `let`s before the place and rows around it, the nearest first. */
function locals(w: Writing): readonly Scoped[] {
  if (!w.state) return [];
  const found: Scoped[] = [];
  inNode(w, w.state, found);
  return found.toReversed();
}

type Declaring = Syntax.Let | Syntax.ForRows | Syntax.ComprehensionExpr;

function inNode(w: Writing, node: Node, found: Scoped[]): void {
  for (const child of childrenOf(node)) {
    if (child.start > w.offset) return;
    if (child.kind === "Let" && child.end <= w.offset) declare(w, child as Node & Syntax.Let, "let", found);
    // A block that has closed took its values with it; one that never did is the last on its way.
    if (child.end < w.offset) continue;
    if (child.kind === "ForRows") declare(w, child as Node & Syntax.ForRows, "row", found);
    if (child.kind === "ComprehensionExpr") declare(w, child as Node & Syntax.ComprehensionExpr, "row", found);
    inNode(w, child, found);
  }
}

function declare(w: Writing, decl: Declaring, what: "let" | "row", found: Scoped[]): void {
  const type = w.view.compilation.types.ofDecl.get(decl) ?? UNKNOWN;
  found.push({ name: decl.name.text, what, type, doc: "", distance: 0 });
}
