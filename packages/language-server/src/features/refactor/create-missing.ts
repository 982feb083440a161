/** What a name refers to and nobody has declared yet: a state, a variable, an action. */
import type { Syntax } from "@parley/compiler";
import type { CodeAction } from "vscode-languageserver";
import { type Node, pathAt } from "../../at.ts";
import type { View } from "../../view.ts";
import { problemOf } from "../problems/problem.ts";
import { action, type Change, insert } from "./edits.ts";

const KIND = "quickfix";

export function createMissing(view: View, file: Syntax.File, offset: number): readonly CodeAction[] {
  const found = view.compilation.diagnostics.find(
    ({ code, span }) => code === "P2001" && span.source === file.source && span.start <= offset && offset <= span.end,
  );
  if (!found) return [];
  const path = pathAt(file, found.span.start);
  const flow = path.find((node): node is Node & Syntax.FlowDecl => node.kind === "FlowDecl");
  const name = String(found.args["name"]);
  if (!/^[A-Za-z_]\w*$/.test(name) || !flow) return [];
  const what = String(found.args["what"]);
  const of = (title: string, change: Change | undefined): readonly CodeAction[] =>
    change ? [{ ...action(view, `${title} \`${name}\``, KIND, [change]), diagnostics: [problemOf(view, found)] }] : [];
  if (what === "state") return of("Create the state", newState(flow, path, name));
  if (what.startsWith("variable")) return of("Declare the variable", newVariable(flow, path, name));
  if (what.startsWith("action")) return of("Declare the action", newAction(flow, path, name));
  return [];
}

/** Behind the state that leads there; a trigger leads to the first. */
function newState(flow: Syntax.FlowDecl, path: readonly Node[], name: string): Change | undefined {
  const from = path.find(({ kind }) => kind === "StateDecl");
  const text = `state ${name} {\n    -> end\n  }`;
  if (from) return insert(flow.source, from.end, `\n\n  ${text}`);
  const [first] = flow.states;
  if (first) return insert(flow.source, first.start, `${text}\n\n  `);
  const last = flow.vars.at(-1) ?? flow.triggers.at(-1);
  return last && insert(flow.source, last.end, `\n\n  ${text}`);
}

/** What asks of a kind give. */
const TYPES: Readonly<Partial<Record<Syntax.AskKind, string>>> = {
  number: "number",
  date: "date",
  phone: "phone",
  url: "url",
  email: "text(254)",
  location: "location",
  image: "media",
  video: "media",
  audio: "media",
  document: "media",
  media: "media",
  contact: "card",
  products: "cart",
  product: "cart",
  catalog: "cart",
};

function newVariable(flow: Syntax.FlowDecl, path: readonly Node[], name: string): Change | undefined {
  const ask = path.findLast((node): node is Node & Syntax.Ask => node.kind === "Ask");
  const isTarget = ask?.as?.names.some((one) => one.text === name);
  const type = (isTarget && ask && TYPES[ask.ask]) || "text(60)";
  const last = flow.vars.at(-1) ?? flow.triggers.at(-1);
  if (last) return insert(flow.source, last.end, `\n  var ${name}: ${type}`);
  const [first] = flow.states;
  return first && insert(flow.source, first.start, `var ${name}: ${type}\n\n  `);
}

/** Its parameters are the names that it is called with, as far as the arguments have names. */
function newAction(flow: Syntax.FlowDecl, path: readonly Node[], name: string): Change | undefined {
  const call = path.findLast(
    (node): node is Node & (Syntax.CallExpr | Syntax.Do) => node.kind === "CallExpr" || node.kind === "Do",
  );
  if (!call) return undefined;
  const params = call.args.map((arg, i) => `${arg.kind === "NameExpr" ? arg.name : `value${i + 1}`}: text(60)`);
  const result = call.kind === "Do" ? "" : " -> text(60)";
  return insert(flow.source, startOf(flow), `action ${name}(${params.join(", ")})${result}\n\n`);
}

/** With the comments that document it. */
function startOf({ source, start }: Syntax.FlowDecl): number {
  let at = start;
  for (;;) {
    const before = source.text.lastIndexOf("\n", at - 2) + 1;
    if (before >= at || !source.text.slice(before, at).trimStart().startsWith("///")) return at;
    at = before;
  }
}
