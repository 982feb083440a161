/** A symbol as features show it: what it is, its name, where it stands and in what. */
import type { Source, Span, Syntax } from "@parley/compiler";
import { type Node, pathAt } from "./at.ts";
import type { Key } from "./symbols.ts";
import type { View } from "./view.ts";

export type SymbolKind =
  | "flow"
  | "state"
  | "ask"
  | "message"
  | "wait"
  | "call"
  | "option"
  | "variable"
  | "parameter"
  | "let"
  | "row"
  | "item"
  | "type"
  | "case"
  | "field"
  | "profileField"
  | "profile"
  | "action"
  | "template"
  | "templateOption"
  | "event"
  | "schedule";

export interface Described {
  readonly key: Key;
  readonly kind: SymbolKind;
  readonly name: string;
  /** Of the name where it is declared; of events of several flows all of them. */
  readonly places: readonly Span[];
  /** What is declared. */
  readonly whole: Span;
  /** Old names; `undefined` where the language takes none. */
  readonly was: Syntax.Was | undefined;
  /** The nodes around it, the outermost first, itself last. */
  readonly path: readonly Node[];
}

const KINDS: Readonly<Record<string, SymbolKind>> = {
  FlowDecl: "flow",
  StateDecl: "state",
  Ask: "ask",
  Say: "message",
  Wait: "wait",
  Call: "call",
  Option: "option",
  Let: "let",
  ForRows: "row",
  ComprehensionExpr: "item",
  TypeDecl: "type",
  EnumCase: "case",
  ProfileDecl: "profile",
  ActionDecl: "action",
  TemplateDecl: "template",
  TemplateOption: "templateOption",
};

export function describe(view: View, key: Key): Described | undefined {
  if (typeof key === "string") return describeEvent(view, key);
  const name = nameOf(key);
  const file = fileOf(view, key.source);
  const path = file ? upTo(pathAt(file, name.start), key) : [key];
  const kind = key.kind === "FieldDecl" ? fieldKind(path) : KINDS[key.kind];
  if (!kind) return undefined;
  return { key, kind, name: textOf(key), places: [name], whole: key, was: wasOf(key, kind, path), path };
}

function fileOf({ compilation }: View, source: Source): Syntax.File | undefined {
  return compilation.files.find((file) => file.source.path === source.path);
}

function upTo(path: readonly Node[], key: Node): readonly Node[] {
  const at = path.indexOf(key);
  return at < 0 ? [key] : path.slice(0, at + 1);
}

interface Declaring {
  readonly name?: Syntax.Name;
  readonly id?: Syntax.Name | Syntax.Expr;
  readonly label?: Syntax.Label;
  readonly was?: Syntax.Was;
}

/** The place of the name; of what has none, its first word. */
export function nameOf(key: Node): Span {
  const { name, id, label } = key as Node & Declaring;
  if (LABELLED.has(key.kind)) return label?.name ?? firstWord(key);
  return name ?? id ?? firstWord(key);
}

const LABELLED: ReadonlySet<string> = new Set(["Ask", "Say", "Wait", "Call"]);

function firstWord({ source, start, end }: Node): Span {
  const word = /^\w*/.exec(source.text.slice(start, Math.min(end, start + 40)))?.[0] ?? "";
  return { source, start, end: start + word.length };
}

function textOf(key: Node): string {
  const { name, id, label } = key as Node & Declaring;
  const named = LABELLED.has(key.kind) ? label?.name : (name ?? (id?.kind === "Name" ? id : undefined));
  return named?.text ?? "";
}

function fieldKind(path: readonly Node[]): SymbolKind {
  const parent: (Node & { readonly vars?: readonly unknown[] }) | undefined = path.at(-2);
  if (parent?.kind === "ProfileDecl") return "profileField";
  if (parent?.kind === "RecordType") return "field";
  return parent?.vars?.includes(path.at(-1)) ? "variable" : "parameter";
}

/** Where the language takes old names: of what conversations, buttons and profiles of today hold by name. */
function wasOf(key: Node, kind: SymbolKind, path: readonly Node[]): Syntax.Was | undefined {
  const { was, label } = key as Node & Declaring;
  switch (kind) {
    case "ask":
    case "wait":
    case "call":
      return label?.was;
    case "parameter": {
      const owner = path.at(-2)?.kind;
      return owner === "ActionDecl" || owner === "TemplateDecl" ? undefined : was;
    }
    case "field":
    case "message":
      return undefined;
    default:
      return was;
  }
}

function describeEvent({ compilation: { names } }: View, key: string): Described | undefined {
  const [kind, name = ""] = key.split(" ");
  const symbol = (kind === "schedule" ? names.schedules : names.events).get(name);
  const on = kind === "schedule" ? "OnScheduled" : "OnEvent";
  const found = (symbol?.flows ?? []).flatMap((flow) =>
    flow.triggers.flatMap((trigger) =>
      trigger.on.kind === on && trigger.on.name.text === name ? [{ flow, trigger, name: trigger.on.name }] : [],
    ),
  );
  const [first] = found;
  if (!first) return undefined;
  const path = [first.flow, first.trigger];
  const places = [...new Set(found.map((one) => one.name))];
  return {
    key,
    kind: kind === "schedule" ? "schedule" : "event",
    name,
    places,
    whole: first.trigger,
    was: undefined,
    path,
  };
}
