/**
 * What the names of a project stand for, by place. A symbol's key is the node that declares it (of an ask, message, wait or
 * call the node with the label), or of events and schedules, which several flows may declare, `event NAME`.
 */
import type { Names, Source, Span, Syntax, Type } from "@parley/compiler";
import { fieldsOf } from "@parley/compiler";
import { type Node, pathAt } from "./at.ts";
import { optionsTapped } from "./test-options.ts";
import type { View } from "./view.ts";

export type Key = Node | string;

export type Role = "declaration" | "read" | "write" | "old";

export interface Found {
  readonly span: Span;
  readonly role: Role;
  /** More than one where a test taps an option that several asks have. */
  readonly keys: readonly Key[];
}

/** The name at or just before an offset. */
export function foundAt(view: View, file: Syntax.File, offset: number): Found | undefined {
  const found = foundIn(view, pathAt(file, offset));
  if (found || offset === 0 || !/\w/.test(file.source.text.charAt(offset - 1))) return found;
  return foundIn(view, pathAt(file, offset - 1));
}

/** The same of a way down to a name. */
export function foundIn(view: View, path: readonly Node[]): Found | undefined {
  const node = path.at(-1);
  const parent = path.at(-2);
  if (!node || !parent || (node.kind !== "Name" && node.kind !== "NameExpr") || node.start === node.end)
    return undefined;
  const name = node as Node & (Syntax.Name | Syntax.NameExpr);
  const found = name.kind === "Name" ? (declared(view, name, path) ?? mentioned(view, name, path)) : undefined;
  if (found) return { span: node, ...found };
  const key = keyOfRef(view.compilation.names, name);
  return key === undefined ? undefined : { span: node, role: isWritten(name, parent) ? "write" : "read", keys: [key] };
}

type What = Omit<Found, "span">;

function what(role: Role, key: Key | undefined): What | undefined {
  return key === undefined ? undefined : { role, keys: [key] };
}

/** A name where it is declared, or an old one beside it. */
function declared(view: View, name: Syntax.Name, path: readonly Node[]): What | undefined {
  const parent = path.at(-2) as Node & { readonly name?: unknown; readonly id?: unknown; readonly was?: Syntax.Was };
  const owner = parent.kind === "Label" ? path.at(-3) : parent;
  const old = parent.was?.includes(name) ?? false;
  if (!DECLARING.has(parent.kind) || !(old || parent.name === name || parent.id === name)) return undefined;
  if (parent.kind === "OnEvent") return what("declaration", `event ${name.text}`);
  if (parent.kind === "OnScheduled") return what("declaration", `schedule ${name.text}`);
  if (parent.kind !== "Option" || old) return what(old ? "old" : "declaration", owner);
  return optionNamed(view, name, path, parent);
}

const DECLARING: ReadonlySet<string> = new Set([
  "FlowDecl",
  "StateDecl",
  "TypeDecl",
  "EnumCase",
  "ActionDecl",
  "TemplateDecl",
  "TemplateOption",
  "Option",
  "FieldDecl",
  "Let",
  "ForRows",
  "ComprehensionExpr",
  "Label",
  "OnEvent",
  "OnScheduled",
]);

/** An option may stand for a case of the ask's enum or for a button of its template. */
function optionNamed(
  { compilation: { names, types } }: View,
  name: Syntax.Name,
  path: readonly Node[],
  option: Node,
): What | undefined {
  const enumCase = types.cases.get(name);
  if (enumCase) return what("read", enumCase);
  const ask = path.findLast((node): node is Node & Syntax.Ask => node.kind === "Ask");
  const template = ask?.template && names.refs.get(ask.template.name);
  const clauses = template?.kind === "template" ? template.decl.clauses : [];
  const button = clauses.find((c) => c.kind === "TemplateOption" && c.name.text === name.text);
  return button ? what("read", button) : what("declaration", option);
}

/** A name that is understood by its place. */
function mentioned(view: View, name: Syntax.Name, path: readonly Node[]): What | undefined {
  const { names, types } = view.compilation;
  const parent = path.at(-2) as Node;
  switch (parent.kind) {
    case "FieldExpr": {
      if (names.refs.has(name)) return undefined;
      const { of, field } = parent as Node & Syntax.FieldExpr;
      return field === name ? what("read", fieldOf(view, of, name.text)) : undefined;
    }
    case "RecordExpr":
      return what(
        "read",
        declOf(types.ofExpr.get(parent as Node & Syntax.RecordExpr), name.text) ?? byFields(view, path, name.text),
      );
    case "LValue": {
      const { names: steps } = parent as Node & Syntax.LValue;
      const first = steps[0] && names.refs.get(steps[0]);
      if (steps[1] !== name || first?.kind !== "root" || first.name !== "profile") return undefined;
      return what("write", profileField(names, name.text));
    }
    case "MatchArm":
      return what("read", types.cases.get(name));
    case "Path":
      return what("read", stepOf(view, parent as Node & Syntax.Path, name));
    case "UserTaps":
    case "Expect": {
      if ((parent as Node & { readonly option?: unknown }).option !== name) return undefined;
      const keys = optionsTapped(view, path, name.text);
      return keys.length > 0 ? { role: "read", keys } : undefined;
    }
    default:
      return undefined;
  }
}

function fieldOf({ compilation: { names, types } }: View, of: Syntax.Expr, field: string): Key | undefined {
  const root = of.kind === "NameExpr" ? names.refs.get(of) : undefined;
  if (root?.kind === "root" && root.name === "profile") return profileField(names, field);
  return declOf(types.ofExpr.get(of), field);
}

function profileField(names: Names, field: string): Key | undefined {
  return names.profile?.fields.find((one) => one.name.text === field);
}

function declOf(type: Type | undefined, field: string): Key | undefined {
  const present = type?.kind === "optional" ? type.of : type;
  return present && fieldsOf(present)?.get(field)?.decl;
}

/** A record that is written out fits one declared record at most that has all its fields, in most programs. */
function byFields({ compilation: { names, types } }: View, path: readonly Node[], field: string): Key | undefined {
  const written = (path.at(-2) as Node & Syntax.RecordExpr).fields.map((one) => one.name.text);
  const fits: Syntax.FieldDecl[] = [];
  for (const { type } of names.types.values()) {
    const fields = type && fieldsOf(types.ofType.get(type) ?? { kind: "unknown" });
    const decl = fields?.get(field)?.decl;
    if (decl && written.every((one) => fields?.has(one))) fits.push(decl);
  }
  return fits.length === 1 ? fits[0] : undefined;
}

/** What a step of `order.size` names: its steps are the last parts of an id. */
function stepOf({ compilation: { names } }: View, path: Syntax.Path, name: Syntax.Name): Key | undefined {
  const id = names.places.get(path);
  if (id === undefined) return undefined;
  const parts = id.split(".");
  const at = parts.length - path.steps.length + path.steps.indexOf(name);
  return keyOfId(names, parts.slice(0, at + 1));
}

/** By the parts of an id: a flow, a state of it, an ask or message of that. */
export function keyOfId(names: Names, parts: readonly string[]): Key | undefined {
  const flow = names.flows.get(parts[0] ?? "");
  if (!flow || parts.length < 2) return flow;
  const state = names.inFlow.get(flow)?.states.get(parts[1] ?? "");
  if (!state || parts.length < 3) return state;
  const node: (Node & { readonly label?: unknown }) | undefined = identifiedIn(names, flow.source).get(parts.join("."));
  return node?.label ? node : undefined;
}

const identified = new WeakMap<object, ReadonlyMap<string, Node>>();

/** What has an id in a file, by id. */
export function identifiedIn(names: Names, source: Source): ReadonlyMap<string, Node> {
  const layer = names.ids.layer(source);
  if (!layer) return new Map();
  let known = identified.get(layer);
  if (!known) {
    known = new Map([...layer].map(([node, id]) => [id, node]));
    identified.set(layer, known);
  }
  return known;
}

export function keyOfRef(names: Names, name: Syntax.Name | Syntax.NameExpr): Key | undefined {
  const referent = names.refs.get(name);
  if (!referent) return undefined;
  switch (referent.kind) {
    case "builtinType":
    case "function":
      return undefined;
    case "root":
      return referent.name === "profile" ? names.profile : undefined;
    case "event": {
      const { symbol } = referent;
      return `${names.schedules.get(symbol.name) === symbol ? "schedule" : "event"} ${symbol.name}`;
    }
    default:
      return referent.decl;
  }
}

function isWritten(name: Node, parent: Node): boolean {
  if (parent.kind === "LValue") return (parent as Node & Syntax.LValue).names.length === 1;
  return parent.kind === "Call" && (parent as Node & Syntax.Call).as === (name as unknown);
}
