/** What a file holds, and what a project holds by name. */
import type { Span, Syntax } from "@parley/compiler";
import type { DocumentSymbol, SymbolInformation } from "vscode-languageserver";
import { childrenOf, type Node } from "../at.ts";
import { toLocation, toRange } from "../positions.ts";
import { firstLine, textSource } from "../texts.ts";
import type { View } from "../view.ts";

/** The protocol's numbers. */
const KIND = {
  flow: 2,
  state: 5,
  ask: 6,
  field: 8,
  type: 10,
  record: 23,
  action: 12,
  variable: 13,
  message: 15,
  template: 11,
  option: 22,
  event: 24,
  test: 6,
} as const;

interface Item {
  readonly name: string;
  readonly detail?: string;
  readonly kind: number;
  readonly whole: Span;
  readonly at: Span;
  readonly children?: readonly Item[];
}

/** Flow → states → asks → options, beside all else that is declared. */
export function documentSymbols(file: Syntax.File): readonly DocumentSymbol[] {
  return file.declarations.flatMap(itemsOf).map(toSymbol);
}

function toSymbol({ name, detail, kind, whole, at, children = [] }: Item): DocumentSymbol {
  const inside = at.start >= whole.start && at.end <= whole.end ? at : { ...whole, end: whole.start };
  return {
    name: name === "" ? "…" : name,
    ...(detail === undefined || detail === "" ? {} : { detail }),
    kind: kind as DocumentSymbol["kind"],
    range: toRange(whole),
    selectionRange: toRange(inside),
    children: children.map(toSymbol),
  };
}

function itemsOf(d: Syntax.Declaration): readonly Item[] {
  switch (d.kind) {
    case "FlowDecl":
      return [flowItem(d)];
    case "TypeDecl": {
      const cases = d.cases.map((c): Item => item(c, KIND.option, c.label && textSource(c.label)));
      const fields = d.type?.kind === "RecordType" ? d.type.fields.map(fieldItem) : [];
      return [{ ...item(d, d.cases.length > 0 ? KIND.type : KIND.record), children: [...cases, ...fields] }];
    }
    case "ProfileDecl":
      return [{ name: "profile", kind: KIND.record, whole: d, at: word(d, 7), children: d.fields.map(fieldItem) }];
    case "ActionDecl":
      return [item(d, KIND.action, d.result ? `-> ${sourceOf(d.result)}` : undefined)];
    case "TemplateDecl": {
      const options = d.clauses.filter((c) => c.kind === "TemplateOption");
      const children = options.map((c) => item(c, KIND.option, c.title && textSource(c.title)));
      return [{ ...item(d, KIND.template), children }];
    }
    case "TestDecl":
      return [
        {
          name: textSource(d.title),
          detail: d.flow ? `test in ${d.flow.text}` : "test",
          kind: KIND.test,
          whole: d,
          at: d.title,
        },
      ];
    case "InvalidDecl":
      return [];
  }
}

function item(node: Span & { readonly name: Syntax.Name }, kind: number, detail?: string): Item {
  return { name: node.name.text, kind, whole: node, at: node.name, ...(detail === undefined ? {} : { detail }) };
}

function fieldItem(field: Syntax.FieldDecl): Item {
  return item(field, KIND.field, sourceOf(field.type));
}

function flowItem(flow: Syntax.FlowDecl): Item {
  const triggers = flow.triggers.flatMap(({ on, arrow }): readonly Item[] =>
    on.kind === "OnEvent" || on.kind === "OnScheduled"
      ? [{ name: on.name.text, detail: `-> ${arrow.name.text}`, kind: KIND.event, whole: on, at: on.name }]
      : [],
  );
  const vars = [...flow.params, ...flow.vars].map((one) => item(one, KIND.variable, sourceOf(one.type)));
  const states = flow.states.map((state): Item => {
    return { ...item(state, KIND.state, firstLine(state)), children: [...inside(state.body)] };
  });
  return { ...item(flow, KIND.flow), children: [...triggers, ...vars, ...states] };
}

/** Asks with their options, and messages that have names. */
function* inside(node: Node): Generator<Item> {
  for (const child of childrenOf(node)) {
    if (child.kind === "Ask") yield askItem(child as Node & Syntax.Ask);
    else if (child.kind === "Option") yield optionItem(child as Node & Syntax.Option);
    else if (child.kind === "Say") {
      const { label, body } = child as Node & Syntax.Say;
      if (label)
        yield { name: label.name.text, detail: textSource(body), kind: KIND.message, whole: child, at: label.name };
    } else if (!LEAVES.has(child.kind)) yield* inside(child);
  }
}

const LEAVES: ReadonlySet<string> = new Set([
  "Name",
  "TextExpr",
  "Arrow",
  "Label",
  "CallExpr",
  "NameExpr",
  "FieldExpr",
]);

function askItem(ask: Node & Syntax.Ask): Item {
  const name = ask.label?.name.text ?? (ask.askWord ? `ask ${ask.askWord.text}` : "ask");
  const detail = ask.body ? textSource(ask.body) : ask.template?.name.text;
  const children = [...inside(ask)];
  return {
    name,
    kind: KIND.ask,
    whole: ask,
    at: ask.label?.name ?? word(ask, 3),
    children,
    ...(detail === undefined ? {} : { detail }),
  };
}

function optionItem(option: Node & Syntax.Option): Item {
  const { id, title, arm } = option;
  const name = id.kind === "Name" ? id.text : `{${sourceOf(id)}}`;
  const target = arm?.kind === "Arrow" ? ` -> ${arm.name.text}` : "";
  const detail = `${title ? textSource(title) : ""}${target}`.trim();
  return {
    name,
    detail,
    kind: KIND.option,
    whole: option,
    at: id,
    children: arm?.kind === "Block" ? [...inside(arm)] : [],
  };
}

function sourceOf({ source, start, end }: Span): string {
  return source.text.slice(start, end).replace(/\s+/g, " ");
}

function word({ source, start, end }: Span, length: number): Span {
  return { source, start, end: Math.min(end, start + length) };
}

// ---------------------------------------------------------------- workspace

const MOST = 200;

/** Flows, states, asks with names, types, actions, templates and tests whose name has the letters of the query in order. */
export function workspaceSymbols(view: View, query: string): readonly SymbolInformation[] {
  const found: { readonly rank: number; readonly item: Item; readonly container: string }[] = [];
  const wanted = query.toLowerCase().replace(/\s/g, "");
  for (const file of view.compilation.files) {
    for (const d of file.declarations) {
      for (const { item: one, container } of namedIn(d)) {
        const rank = rankOf(container === "" ? one.name : `${container}.${one.name}`, one.name, wanted);
        if (rank !== undefined) found.push({ rank, item: one, container });
      }
    }
  }
  found.sort((a, b) => a.rank - b.rank || a.item.name.length - b.item.name.length);
  return found.slice(0, MOST).map(({ item: one, container }) => ({
    name: one.name,
    kind: one.kind as SymbolInformation["kind"],
    location: toLocation(view, one.at),
    ...(container === "" ? {} : { containerName: container }),
  }));
}

function* namedIn(d: Syntax.Declaration): Generator<{ readonly item: Item; readonly container: string }> {
  if (d.kind === "InvalidDecl" || d.kind === "ProfileDecl") return;
  if (d.kind === "TestDecl") {
    yield {
      item: { name: textSource(d.title), kind: KIND.test, whole: d, at: d.title },
      container: d.flow?.text ?? "",
    };
    return;
  }
  if (d.kind !== "FlowDecl") {
    for (const one of itemsOf(d)) yield { item: one, container: "" };
    return;
  }
  yield { item: item(d, KIND.flow), container: "" };
  for (const state of d.states) yield { item: item(state, KIND.state), container: d.name.text };
}

/** Smaller is better: the name itself, its beginning, a part of it, its letters with others between. */
function rankOf(full: string, name: string, wanted: string): number | undefined {
  const [own, whole] = [name.toLowerCase(), full.toLowerCase()];
  if (own === wanted || whole === wanted) return 0;
  if (own.startsWith(wanted)) return 1;
  if (own.includes(wanted)) return 2;
  if (whole.includes(wanted)) return 3;
  return inOrder(own, wanted) ? 4 : inOrder(whole, wanted) ? 5 : undefined;
}

function inOrder(text: string, letters: string): boolean {
  let at = -1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
