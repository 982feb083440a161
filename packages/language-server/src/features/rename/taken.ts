/** Whether a name is free where a symbol lives. */
import { BUILTIN_TYPES, FUNCTION_NAMES, ROOTS, type Syntax } from "@parley/compiler";
import type { Node } from "../../at.ts";
import type { Described } from "../../described.ts";
import { identifiedIn } from "../../symbols.ts";
import { written } from "../../test-options.ts";
import type { View } from "../../view.ts";

/** Why it is not; `undefined` where it is. */
export function nameTaken(view: View, described: Described, to: string): string | undefined {
  const { names } = view.compilation;
  const { kind, path } = described;
  const parent = path.at(-2);
  switch (kind) {
    case "flow":
      return among("flow", names.flows.values(), described, to);
    case "state":
      return among("state", (parent as (Node & Syntax.FlowDecl) | undefined)?.states ?? [], described, to);
    case "type":
      if (BUILTIN_TYPES.includes(to)) return `\`${to}\` is a built-in type`;
      return among("type", names.types.values(), described, to);
    case "action":
      if ((FUNCTION_NAMES as readonly string[]).includes(to)) return `\`${to}\` is a built-in function`;
      return among("action", names.actions.values(), described, to);
    case "template":
      return among("template", names.templates.values(), described, to);
    case "event":
      return names.events.has(to) ? `there is already an event \`${to}\`` : undefined;
    case "schedule":
      return names.schedules.has(to) ? `there is already an \`on scheduled ${to}\`` : undefined;
    case "case":
      return among("case", (parent as (Node & Syntax.TypeDecl) | undefined)?.cases ?? [], described, to);
    case "templateOption": {
      const { clauses = [] } = (parent ?? {}) as Partial<Syntax.TemplateDecl>;
      return among(
        "option",
        clauses.filter((c) => c.kind === "TemplateOption"),
        described,
        to,
      );
    }
    case "field":
    case "profileField":
      return among("field", (parent as (Node & Syntax.RecordType) | undefined)?.fields ?? [], described, to);
    case "option":
      return optionTaken(described, to);
    case "ask":
    case "message":
    case "wait":
    case "call":
      return labelTaken(view, described, to);
    case "variable":
    case "parameter":
    case "let":
    case "row":
    case "item":
      return variableTaken(view, described, to);
    case "profile":
      return undefined;
  }
}

interface Named {
  readonly name: Syntax.Name;
  readonly was?: Syntax.Was;
}

/** An old name of another one would follow to the wrong place. */
function among(word: string, others: Iterable<Named>, { key }: Described, to: string): string | undefined {
  for (const other of others) {
    if ((other as unknown) === key) continue;
    if (other.name.text === to) return `there is already a ${word} \`${to}\``;
    if (other.was?.some(({ text }) => text === to))
      return `\`${to}\` is an old name of the ${word} \`${other.name.text}\``;
  }
  return undefined;
}

function optionTaken(described: Described, to: string): string | undefined {
  const ask = described.path.findLast((node): node is Node & Syntax.Ask => node.kind === "Ask");
  const others = [...written(ask?.clauses ?? [])].filter((one) => (one as unknown) !== described.key);
  const named = others.flatMap((one) => (one.id.kind === "Name" ? [{ name: one.id, was: one.was }] : []));
  return among("option", named, described, to);
}

function labelTaken({ compilation: { names } }: View, { key, path }: Described, to: string): string | undefined {
  if (typeof key === "string") return undefined;
  const ids = identifiedIn(names, key.source);
  const flow = path.find((node): node is Node & Syntax.FlowDecl => node.kind === "FlowDecl");
  const state = path.find((node): node is Node & Syntax.StateDecl => node.kind === "StateDecl");
  return ids.has(`${flow?.name.text}.${state?.name.text}.${to}`)
    ? `the state \`${state?.name.text}\` has something called \`${to}\` already`
    : undefined;
}

/** Parameters of actions and templates see one another alone; what a flow names must not hide, or be hidden by, another. */
function variableTaken({ compilation: { names } }: View, described: Described, to: string): string | undefined {
  const { key, path } = described;
  if ((ROOTS as readonly string[]).includes(to)) return `\`${to}\` is given by the language`;
  const owner = path.find(({ kind }) => kind === "FlowDecl" || kind === "ActionDecl" || kind === "TemplateDecl");
  if (owner?.kind !== "FlowDecl") {
    return among("parameter", (owner as (Node & Syntax.ActionDecl) | undefined)?.params ?? [], described, to);
  }
  const flow = names.inFlow.get(owner as Node & Syntax.FlowDecl);
  const taken = among("variable", flow?.vars.values() ?? [], described, to);
  if (taken !== undefined) return taken;
  const local = [...(flow?.lets.values() ?? [])].some((one) => (one as unknown) !== key && one.name.text === to);
  return local || hasRow(owner, key, to) ? `\`${to}\` is the name of another value of this flow` : undefined;
}

function hasRow(owner: Node, key: Described["key"], to: string): boolean {
  const text = owner.source.text.slice(owner.start, owner.end);
  return typeof key !== "string" && new RegExp(`\\bfor\\s+${to}\\s+in\\b`).test(text);
}
