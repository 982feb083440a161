/** Which options a test means that taps or expects one by its name. */
import type { Syntax } from "@parley/compiler";
import type { Node } from "./at.ts";
import type { View } from "./view.ts";

type OptionKey = Syntax.Option | Syntax.EnumCase | Syntax.TemplateOption;

/**
 * Those of the ask that `of` names; else those of the tested flow, of other flows only where it has none. Of several the
 * one whose ask says what the last `expect … containing` before the step tells.
 */
export function optionsTapped(view: View, path: readonly Node[], id: string): readonly OptionKey[] {
  const { names } = view.compilation;
  const test = path.find((node): node is Node & Syntax.TestDecl => node.kind === "TestDecl");
  const step = path.at(-2) as (Node & Syntax.TestStep) | undefined;
  if (!test || !step) return [];
  if (step.kind === "UserTaps" && step.of) {
    const ask = askOf(view, names.places.get(step.of));
    return ask ? optionsOf(view, ask, id) : [];
  }
  const tested = test.flow && names.refs.get(test.flow);
  const own = tested?.kind === "flow" ? askers(view, [tested.decl], id) : [];
  const found = own.length > 0 ? own : askers(view, names.inFlow.keys(), id);
  const said = toldBefore(test, step);
  const told = said === undefined ? [] : found.filter(({ ask }) => ask.body && says(ask.body, said));
  return [...new Set((told.length > 0 ? told : found).flatMap(({ keys }) => keys))];
}

/**
 * The ask that a step of a test is about: the one that it names, that says what the last `expect … containing` tells, or the
 * only one with options.
 */
export function askTapped(view: View, path: readonly Node[]): Syntax.Ask | undefined {
  const { names } = view.compilation;
  const test = path.find((node): node is Node & Syntax.TestDecl => node.kind === "TestDecl");
  const step = path.findLast((node) => node.kind === "UserTaps" || node.kind === "Expect") as
    | (Node & Syntax.TestStep)
    | undefined;
  if (!test || !step) return undefined;
  if (step.kind === "UserTaps" && step.of) return askOf(view, names.places.get(step.of));
  const tested = test.flow && names.refs.get(test.flow);
  if (tested?.kind !== "flow") return undefined;
  const asks = [...(names.inFlow.get(tested.decl)?.asks.values() ?? [])].filter(
    (ask) => ask.as !== undefined || !written(ask.clauses).next().done,
  );
  const said = toldBefore(test, step);
  const told = said === undefined ? asks : asks.filter((ask) => ask.body && says(ask.body, said));
  return told.length === 1 ? told[0] : undefined;
}

interface Asker {
  readonly ask: Syntax.Ask;
  readonly keys: readonly OptionKey[];
}

function askers(view: View, flows: Iterable<Syntax.FlowDecl>, id: string): readonly Asker[] {
  const found: Asker[] = [];
  for (const flow of flows) {
    for (const ask of view.compilation.names.inFlow.get(flow)?.asks.values() ?? []) {
      const keys = optionsOf(view, ask, id);
      if (keys.length > 0) found.push({ ask, keys });
    }
  }
  return found;
}

function askOf({ compilation: { names } }: View, id: string | undefined): Syntax.Ask | undefined {
  const flow = names.flows.get(id?.split(".")[0] ?? "");
  return flow && names.inFlow.get(flow)?.asks.get(id ?? "");
}

/** The text of the nearest `expect` at or before a step. */
function toldBefore(test: Syntax.TestDecl, step: Syntax.TestStep): string | undefined {
  for (let at = test.steps.indexOf(step); at >= 0; at--) {
    const one = test.steps[at];
    if (one?.kind === "Expect" && one.containing) return plain(one.containing);
    if (one?.kind.startsWith("User") && one !== step) return undefined;
  }
  return undefined;
}

function plain(text: Syntax.TextExpr): string | undefined {
  return text.parts.every((part) => typeof part === "string") ? text.parts.join("") : undefined;
}

/** Whether a text can hold another: in one of the parts between its holes, or over one. */
function says(text: Syntax.TextExpr, said: string): boolean {
  if (text.parts.some((part) => typeof part === "string" && part.includes(said))) return true;
  const first = text.parts.find((part) => typeof part === "string" && part.trim() !== "");
  return text.parts.length > 1 && typeof first === "string" && (said.includes(first.trim()) || first.includes(said));
}

export function optionsOf(view: View, ask: Syntax.Ask, id: string): readonly OptionKey[] {
  const { names, types } = view.compilation;
  const template = ask.template && names.refs.get(ask.template.name);
  if (template?.kind === "template") {
    return template.decl.clauses.filter(
      (c) => c.kind === "TemplateOption" && c.name.text === id,
    ) as Syntax.TemplateOption[];
  }
  const target = ask.as && types.ofTarget.get(ask.as);
  const of = target?.kind === "optional" ? target.of : target;
  const enumCase = of?.kind === "enum" ? of.decl?.cases.find((c) => c.name.text === id) : undefined;
  return enumCase ? [enumCase] : [...written(ask.clauses)].filter((o) => o.id.kind === "Name" && o.id.text === id);
}

export function* written(clauses: readonly Syntax.AskClause[]): Generator<Syntax.Option> {
  for (const clause of clauses) {
    if (clause.kind === "Option") yield clause;
    else if (clause.kind === "Section" || clause.kind === "ForRows") yield* written(clause.clauses);
  }
}
