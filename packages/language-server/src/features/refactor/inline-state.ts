/** A state that one arrow leads to takes the arrow's place. */
import type { Syntax } from "@parley/compiler";
import type { CodeAction } from "vscode-languageserver";
import { type Node, pathAt } from "../../at.ts";
import type { View } from "../../view.ts";
import { action, type Change, indentAt, indented, nodesIn, replace } from "./edits.ts";
import { movedElsewhere } from "./moved.ts";

/** Offered at the state's name and at the arrow. */
export function inlineState(view: View, file: Syntax.File, offset: number): readonly CodeAction[] {
  const path = pathAt(file, offset);
  const flow = path.find((node): node is Node & Syntax.FlowDecl => node.kind === "FlowDecl");
  const last = path.at(-1);
  if (!flow || last?.kind !== "Name") return [];
  const parent = path.at(-2);
  const referent = view.compilation.names.refs.get(last as Node & Syntax.Name);
  const state =
    parent?.kind === "StateDecl" && (parent as Node & Syntax.StateDecl).name === last
      ? (parent as Node & Syntax.StateDecl)
      : referent?.kind === "state"
        ? referent.decl
        : undefined;
  if (!state || state.was.length > 0 || flow.states[0] === state) return [];
  const use = onlyArrow(view, file, state);
  const from = use && flow.states.find((one) => one.start <= use.arrow.start && use.arrow.end <= one.end);
  if (!use || !from || from === state || !fits(view, flow, from, state, use)) return [];
  const elsewhere = movedElsewhere(view, {
    from: `${flow.name.text}.${state.name.text}`,
    to: `${flow.name.text}.${from.name.text}`,
    holds: (text) => text.source.path === file.source.path && state.start <= text.start && text.end <= state.end,
    asks: [...nodesIn(state)].filter((node): node is Node & Syntax.Ask => node.kind === "Ask"),
  });
  if (!elsewhere) return [];
  const title = `Inline the state \`${state.name.text}\``;
  return [action(view, title, "refactor.inline.state", [...inlined(file, state, use), ...elsewhere])];
}

interface Use {
  readonly arrow: Syntax.Arrow;
  /** What holds the arrow: a block, or that whose arm it is. */
  readonly holder: Node;
}

function onlyArrow(view: View, file: Syntax.File, state: Syntax.StateDecl): Use | undefined {
  const uses: Use[] = [];
  for (const [name, referent] of view.compilation.names.refs.layer(file.source) ?? []) {
    if (referent.kind !== "state" || referent.decl !== state) continue;
    const path = pathAt(file, name.start);
    const at = path.findLastIndex((node) => node.kind === "Arrow" && (node as Node & Syntax.Arrow).name === name);
    const [holder, arrow] = [path[at - 1], path[at]];
    if (!holder || !arrow || uses.length > 0) return undefined;
    uses.push({ arrow: arrow as Node & Syntax.Arrow, holder });
  }
  const [only] = uses;
  return only && only.holder.kind !== "Trigger" ? only : undefined;
}

/** Nothing of the two states gets into the other's way. */
function fits(
  view: View,
  flow: Syntax.FlowDecl,
  from: Syntax.StateDecl,
  state: Syntax.StateDecl,
  { holder }: Use,
): boolean {
  const there = namesIn(view, from);
  const here = namesIn(view, state);
  if (here.some((name) => there.includes(name))) return false;
  const pauses = [...nodesIn(state)].some(
    ({ kind }) =>
      kind === "Ask" || kind === "Wait" || kind === "Call" || kind === "Do" || kind === "Let" || kind === "Set",
  );
  if (pauses && (holder.kind === "AfterClause" || holder.kind === "ElseClause")) return false;
  if (flow.elses.some((clause) => inside(clause, holder)) || flow.afters.some((clause) => inside(clause, holder)))
    return false;
  // In a block of such a clause nothing may pause, however deep.
  return !pauses || !isInClause(from, holder);
}

function inside(outer: Node, inner: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isInClause(state: Syntax.StateDecl, holder: Node): boolean {
  return [...nodesIn(state)].some(
    (node) => (node.kind === "AfterClause" || node.kind === "ElseClause") && inside(node, holder),
  );
}

/** Of asks, waits and calls, of `let`s, and the one that has none. */
function namesIn({ compilation }: View, state: Syntax.StateDecl): readonly string[] {
  return [...nodesIn(state)].flatMap((node): readonly string[] => {
    if (node.kind === "Let") return [`let ${(node as Node & Syntax.Let).name.text}`];
    if (node.kind !== "Ask" && node.kind !== "Wait" && node.kind !== "Call" && node.kind !== "Say") return [];
    const { label } = node as Node & (Syntax.Ask | Syntax.Say);
    if (label) return [label.name.text];
    const id = compilation.names.ids.get(node as Node & Syntax.Ask);
    return node.kind === "Say" ? [] : [node.kind === "Ask" ? "" : (id?.split(".").at(-1) ?? "")];
  });
}

function inlined({ source }: Syntax.File, state: Syntax.StateDecl, { arrow, holder }: Use): readonly Change[] {
  const first = state.body.statements[0];
  const last = state.body.statements.at(-1);
  const before = source.text.slice(0, state.start);
  const start = before.trimEnd().length;
  const removed: Change = { source, start, end: state.end, text: "" };
  if (!first || !last) return [removed];
  const outer = indentAt(source, arrow.start);
  const written = source.text.slice(first.start, last.end);
  const from = indentAt(source, first.start);
  if (holder.kind === "Block") return [replace(arrow, indented(written, from, outer)), removed];
  const inner = `${outer}  `;
  return [replace(arrow, `{\n${inner}${indented(written, from, inner)}\n${outer}}`), removed];
}
