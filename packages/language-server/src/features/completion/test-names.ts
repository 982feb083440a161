/** Names in tests: options that can be tapped, asks and states by their ids. */
import type { Syntax } from "@parley/compiler";
import type { CompletionItem } from "vscode-languageserver";
import { firstLine, textSource } from "../../texts.ts";
import { item } from "./item.ts";
import { type Writing, wordsBefore } from "./writing.ts";

/** Of the asks of the tested flow, then of the others, each id once. */
export function testOptions(w: Writing): readonly CompletionItem[] {
  const found = new Map<string, CompletionItem>();
  const { names, types } = w.view.compilation;
  const inFlow = [...names.inFlow].sort(([a], [b]) => Number(b === w.tested) - Number(a === w.tested));
  for (const [flow, { asks }] of inFlow) {
    const rank = flow === w.tested ? 3 : 8;
    // All flows of a large project would be too much to choose from.
    if (w.tested && flow !== w.tested && found.size > MANY) break;
    for (const [id, ask] of asks) {
      for (const option of optionsOf(ask.clauses)) {
        if (option.id.kind !== "Name" || found.has(option.id.text)) continue;
        const title = option.title ? ` ${textSource(option.title)}` : "";
        found.set(option.id.text, item(option.id.text, { kind: "enumMember", detail: `${id}${title}`, rank }));
      }
      const target = ask.as && types.ofTarget.get(ask.as);
      if (target?.kind !== "enum") continue;
      for (const name of target.cases) {
        if (!found.has(name)) found.set(name, item(name, { kind: "enumMember", detail: id, rank }));
      }
    }
  }
  return [...found.values()];
}

const MANY = 200;

function* optionsOf(clauses: readonly Syntax.AskClause[]): Generator<Syntax.Option> {
  for (const clause of clauses) {
    if (clause.kind === "Option") yield clause;
    else if (clause.kind === "Section" || clause.kind === "ForRows") yield* optionsOf(clause.clauses);
  }
}

/** `of order.size`, `expect state order.size`: flows, then their states, then asks of a state. */
export function places(w: Writing): readonly CompletionItem[] {
  const { names } = w.view.compilation;
  const words = wordsBefore(w.place).map(({ image }) => image);
  const from = Math.max(words.lastIndexOf("of"), words.lastIndexOf("state")) + 1;
  const path = words.slice(from).join("");
  if (path === "") {
    const flows = [...names.flows.values()].map((flow) =>
      item(flow.name.text, { kind: "module", rank: flow === w.tested ? 1 : 5 }),
    );
    const states = w.tested?.states.map((state) => stateItem(state)) ?? [];
    return [...states, ...flows];
  }
  const [flowName, stateName] = path.split(".");
  const flow = names.flows.get(flowName ?? "");
  if (!flow) return [];
  if (stateName === "" || stateName === undefined) return flow.states.map((state) => stateItem(state));
  const prefix = `${flowName}.${stateName}.`;
  return [...(names.inFlow.get(flow)?.asks ?? [])]
    .filter(([id]) => id.startsWith(prefix))
    .map(([id, ask]) =>
      item(id.slice(prefix.length), { kind: "class", detail: ask.body && textSource(ask.body), rank: 3 }),
    );
}

function stateItem(state: Syntax.StateDecl): CompletionItem {
  return item(state.name.text, { kind: "class", detail: firstLine(state), rank: 3 });
}
