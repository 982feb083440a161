/** Above flows, states and tests: who comes there, which tests name it, and what can be tried. */
import type { Span, Syntax } from "@parley/compiler";
import type { CodeLens, Command } from "vscode-languageserver";
import { toRange } from "../positions.ts";
import { textSource } from "../texts.ts";
import { uriOf, type View } from "../view.ts";

/** Commands of clients. What they are given: see `docs/language-server.md`. */
const OF_CLIENTS = ["parley.showReferences", "parley.tryIt", "parley.showGraph", "parley.runTest"] as const;

type OfClient = (typeof OF_CLIENTS)[number];

/**
 * `commands`: those that the client has. A count without its command is shown and does nothing; what can only be done is
 * left out.
 */
export function codeLenses(
  view: View,
  file: Syntax.File,
  commands: readonly string[] = OF_CLIENTS,
): readonly CodeLens[] {
  return lenses(view, file).flatMap((one) => {
    if (commands.includes(one.command?.command ?? "")) return [one];
    if (one.command?.command !== "parley.showReferences") return [];
    return [{ range: one.range, command: { title: one.command.title, command: "" } }];
  });
}

function lenses(view: View, file: Syntax.File): readonly CodeLens[] {
  const counts = incoming(view, file);
  const tests = testsNaming(view);
  const uri = uriOf(view, file.source);
  return file.declarations.flatMap((d): readonly CodeLens[] => {
    if (d.kind === "TestDecl") return [lens(d.title, "▶ run", "parley.runTest", [uri, textSource(d.title)])];
    if (d.kind !== "FlowDecl") return [];
    const flow = d.name.text;
    const entered = view.compilation.names.enteredFrom.get(d)?.size ?? 0;
    const own = [
      ...(entered > 0 ? [toReferences(uri, d.name, `entered from ${plural(entered, "flow")}`)] : []),
      ...tested(uri, d.name, tests.get(flow)),
      lens(d.name, "▶ try it", "parley.tryIt", [uri, flow]),
      lens(d.name, "show graph", "parley.showGraph", [uri, flow]),
    ];
    const states = d.states.flatMap((state) => [
      toReferences(uri, state.name, `${counts.get(state) ?? 0} incoming`),
      ...tested(uri, state.name, tests.get(`${flow}.${state.name.text}`)),
      lens(state.name, "▶ try it", "parley.tryIt", [uri, `${flow}.${state.name.text}`]),
    ]);
    return [...own, ...states];
  });
}

function incoming({ compilation: { names } }: View, { source }: Syntax.File): ReadonlyMap<Syntax.StateDecl, number> {
  const found = new Map<Syntax.StateDecl, number>();
  for (const referent of names.refs.layer(source)?.values() ?? []) {
    if (referent.kind === "state") found.set(referent.decl, (found.get(referent.decl) ?? 0) + 1);
  }
  return found;
}

const known = new WeakMap<object, ReadonlyMap<string, number>>();

/** How many tests are in a flow or name a state of it, by `flow` and `flow.state`. */
function testsNaming({ compilation: { names } }: View): ReadonlyMap<string, number> {
  const before = known.get(names);
  if (before) return before;
  const found = new Map<string, number>();
  for (const { declarations } of names.files) {
    for (const d of declarations) {
      if (d.kind !== "TestDecl") continue;
      const named = new Set(d.steps.flatMap((step) => placeIn(names.places, step)));
      if (d.flow) named.add(d.flow.text);
      for (const id of named) found.set(id, (found.get(id) ?? 0) + 1);
    }
  }
  known.set(names, found);
  return found;
}

function placeIn(places: ReadonlyMap<Syntax.Path, string>, step: Syntax.TestStep): readonly string[] {
  const expected = step.kind === "Expect" && step.what.kind === "ExpectState" ? step.what.path : undefined;
  const path = step.kind === "UserTaps" ? step.of : expected;
  const id = path && places.get(path);
  return id === undefined ? [] : [id.split(".").slice(0, 2).join(".")];
}

function tested(uri: string, at: Span, count = 0): readonly CodeLens[] {
  return count > 0 ? [toReferences(uri, at, plural(count, "test"))] : [];
}

function toReferences(uri: string, at: Span, title: string): CodeLens {
  return lens(at, title, "parley.showReferences", [uri, toRange(at).start]);
}

function lens(at: Span, title: string, command: OfClient, args: readonly unknown[]): CodeLens {
  const told: Command = { title, command, arguments: [...args] };
  return { range: toRange(at), command: told };
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
