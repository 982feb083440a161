/** Identity: the ids of everything in one state that can be waited at or sent. */

import type { Label } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { type Binder, declaredTwice, type StateScope } from "./binder.ts";
import type { Identified } from "./names.ts";

/**
 * Names written or implied (`wait`, the callee) must be unique in their state; action calls and hand-offs, which
 * have no names, are numbered around them, and so are messages without a name.
 */
export function giveIds(b: Binder, state: StateScope): void {
  if (state.identified.length === 0) return;
  const taken = new Map<string, Identified>();
  for (const node of state.identified) giveNamed(b, state, taken, node);
  let messages = 0;
  for (const node of state.identified) {
    if (b.ids.has(node)) continue;
    if (node.kind === "Say" || node.kind === "Send") b.ids.set(node, `${state.id}~${++messages}`);
    else giveNumbered(b, state, taken, node);
  }
}

function giveNamed(b: Binder, state: StateScope, taken: Map<string, Identified>, node: Identified): void {
  const name = nameOf(node);
  if (name === undefined) return;
  const id = name === "" ? state.id : `${state.id}.${name}`;
  const first = taken.get(id);
  if (first) {
    const at = labelOf(node)?.name ?? (node.kind === "Call" ? node.name : head(node));
    declaredTwice(b, whatIs(node), name === "" ? state.id : name, at, labelOf(first)?.name ?? head(first));
    return giveNumbered(b, state, taken, node);
  }
  taken.set(id, node);
  b.ids.set(node, id);
  if (node.kind === "Ask") b.flow?.asks.set(id, node);
}

function giveNumbered(b: Binder, state: StateScope, taken: Map<string, Identified>, node: Identified): void {
  const base = `${state.id}.${impliedName(node)}`;
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base}~${n}`;
  taken.set(id, node);
  b.ids.set(node, id);
}

/** "" is the ask without a name. */
function nameOf(node: Identified): string | undefined {
  switch (node.kind) {
    case "Ask":
      return node.label?.name.text ?? "";
    case "Wait":
      return node.label?.name.text ?? "wait";
    case "Call":
      return node.label?.name.text ?? node.name.text;
    case "Say":
      return node.label?.name.text;
    default:
      return undefined;
  }
}

function impliedName(node: Identified): string {
  switch (node.kind) {
    case "Do":
      return node.name.text;
    case "Let":
    case "Set":
      return node.value.kind === "CallExpr" ? node.value.name.text : "";
    case "Handoff":
      return "handoff";
    default:
      return nameOf(node) ?? "";
  }
}

function whatIs(node: Identified): string {
  switch (node.kind) {
    case "Ask":
      return "ask";
    case "Wait":
      return "wait";
    case "Call":
      return "call";
    default:
      return "message";
  }
}

function labelOf(node: Identified): Label | undefined {
  return node.kind === "Ask" || node.kind === "Wait" || node.kind === "Call" || node.kind === "Say"
    ? node.label
    : undefined;
}

/** The first word of a statement: `ask`, `wait`. */
function head(node: Identified): Span {
  const { source, start, end } = node;
  let stop = start;
  while (stop < end && /[a-z_]/i.test(source.text.charAt(stop))) stop++;
  return { source, start, end: Math.max(stop, start) };
}
