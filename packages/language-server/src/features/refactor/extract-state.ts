/** Statements become a state of their own, with an arrow to it in their place. */
import { fieldsOf, type Syntax, showType } from "@parley/compiler";
import type { CodeAction } from "vscode-languageserver";
import { type Node, pathAt } from "../../at.ts";
import type { View } from "../../view.ts";
import { action, freshName, indentAt, indented, insert, nodesIn } from "./edits.ts";
import { movedElsewhere } from "./moved.ts";

/**
 * Of a state's body everything from the selection on goes along; in a block inside of it only what leaves the block. What
 * stands on a value of the old state (a `let`, a row, what a condition told) cannot go.
 */
export function extractState(view: View, file: Syntax.File, start: number, end: number): readonly CodeAction[] {
  const path = pathAt(file, start);
  const flow = path.find((node): node is Node & Syntax.FlowDecl => node.kind === "FlowDecl");
  const state = path.find((node): node is Node & Syntax.StateDecl => node.kind === "StateDecl");
  const block = path.findLast((node): node is Node & Syntax.Block => node.kind === "Block");
  if (!flow || !state || !block) return [];
  const first = block.statements.findIndex(
    (statement) => statement.start >= start || isSelected(statement, start, end),
  );
  if (first < 0 || (first === 0 && block === state.body)) return [];
  const moved = block.statements.slice(first);
  const last = moved.at(-1);
  if (
    !last ||
    end > last.end ||
    (block !== state.body && !leaves(last)) ||
    (moved.length === 1 && last.kind === "Arrow")
  )
    return [];
  if (!moved.every((statement) => isWhole(view, statement, moved))) return [];
  const name = freshName(`${state.name.text}_next`, (one) => flow.states.some((other) => other.name.text === one));
  const asks = moved.flatMap((s) => [...nodesIn(s)].filter((node): node is Node & Syntax.Ask => node.kind === "Ask"));
  const within = { start: moved[0]?.start ?? 0, end: last.end };
  const elsewhere = movedElsewhere(view, {
    from: `${flow.name.text}.${state.name.text}`,
    to: `${flow.name.text}.${name}`,
    holds: (text) => text.source.path === file.source.path && within.start <= text.start && text.end <= within.end,
    asks,
  });
  if (!elsewhere) return [];
  const { source } = file;
  const outer = indentAt(source, state.start);
  const inner = `${outer}  `;
  const text = indented(source.text.slice(within.start, within.end), indentAt(source, within.start), inner);
  return [
    action(view, `Extract to a new state \`${name}\``, "refactor.extract.state", [
      { source, ...within, text: `-> ${name}` },
      insert(source, state.end, `\n\n${outer}state ${name} {\n${inner}${text}\n${outer}}`),
      ...elsewhere,
    ]),
  ];
}

function isSelected(statement: Node, start: number, end: number): boolean {
  return statement.start <= start && start <= statement.end && end <= statement.end;
}

function leaves(statement: Syntax.Statement): boolean {
  return (
    statement.kind === "Arrow" || statement.kind === "Return" || statement.kind === "Handoff" || isForked(statement)
  );
}

/** Both ways of an `if` leave. */
function isForked(statement: Syntax.Statement): boolean {
  if (statement.kind !== "If" || !statement.orElse) return false;
  const end = statement.then.statements.at(-1);
  const other = statement.orElse.kind === "If" ? statement.orElse : statement.orElse.statements.at(-1);
  return end !== undefined && leaves(end) && other !== undefined && leaves(other);
}

/** Says the same in another state: each value is one of the flow, with the type that it was declared with. */
function isWhole(view: View, statement: Syntax.Statement, moved: readonly Syntax.Statement[]): boolean {
  const { names, types } = view.compilation;
  const from = moved[0]?.start ?? 0;
  for (const node of nodesIn(statement)) {
    if (node.kind.startsWith("Invalid") || node.kind.startsWith("Missing")) return false;
    if (node.kind === "FieldExpr" && isNarrowed(view, node as Node & Syntax.FieldExpr)) return false;
    if (node.kind !== "NameExpr" && node.kind !== "Name") continue;
    const referent = names.refs.get(node as Node & (Syntax.Name | Syntax.NameExpr));
    if (!referent) continue;
    if (referent.kind === "let" || referent.kind === "row" || referent.kind === "item") {
      if (referent.decl.start < from || referent.decl.source.path !== statement.source.path) return false;
    } else if (referent.kind === "root" && referent.name === "failure") return false;
    else if (referent.kind === "var" && node.kind === "NameExpr") {
      const here = types.ofExpr.get(node as Node & Syntax.NameExpr);
      const declared = types.ofDecl.get(referent.decl);
      if (here && declared && showType(here) !== showType(declared)) return false;
    }
  }
  return true;
}

/** What a condition before it told of a field is not known in another state. */
function isNarrowed({ compilation }: View, expr: Syntax.FieldExpr): boolean {
  const { ofExpr } = compilation.types;
  const [of, here] = [ofExpr.get(expr.of), ofExpr.get(expr)];
  const declared = of && fieldsOf(of)?.get(expr.field.text)?.type;
  return declared !== undefined && here !== undefined && showType(declared) !== showType(here);
}
