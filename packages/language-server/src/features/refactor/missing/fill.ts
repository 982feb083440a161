/** Arguments and fields that are required and not there. */
import { fieldsOf, type Syntax, type Type } from "@parley/compiler";
import type { Node } from "../../../at.ts";
import type { View } from "../../../view.ts";
import { insert } from "../edits.ts";
import { type Create, labelOf, nearest } from "./missing.ts";

type Calling = Node & { readonly args: readonly Syntax.Expr[] };

export const fillArguments: Create = ({ view, file, flow, path, found }) => {
  const name = path.at(-1);
  const call = path.findLast((node): node is Calling => "args" in node || "template" in node);
  const args = call && (nearest([call], "Ask") ? (call as unknown as Syntax.Ask).template?.args : call.args);
  const params = name && paramsOf(view, name as Node & Syntax.Name);
  if (!args || !params || args.length >= params.length) return undefined;
  const missing = params.slice(args.length).filter((param) => param.value === undefined);
  const values = missing.map((param) => valueFor(view, param, flow));
  const last = args.at(-1);
  const open = file.source.text.indexOf("(", found.span.end);
  if (!last && (open < 0 || file.source.text.slice(found.span.end, open).trim() !== "")) return undefined;
  const [at, before] = last ? [last.end, ", "] : [open + 1, ""];
  return {
    title: values.length === 1 ? "Add the missing argument" : `Add the ${values.length} missing arguments`,
    changes: [insert(file.source, at, before + values.join(", "))],
  };
};

function paramsOf({ compilation: { names } }: View, name: Syntax.Name): readonly Syntax.FieldDecl[] | undefined {
  const referent = names.refs.get(name);
  switch (referent?.kind) {
    case "action":
    case "template":
    case "flow":
      return referent.decl.params;
    case "event":
      return referent.symbol.params;
    default:
      return undefined;
  }
}

export const fillFields: Create = ({ view, file, flow, path, found }) => {
  const { types, names } = view.compilation;
  const record = path.findLast((node): node is Node & Syntax.RecordExpr => node.start === found.span.start);
  const type = found.args["problem"] === "missing-field" && names.types.get(String(found.args["wanted"]))?.type;
  const fields = type ? fieldsOf(types.ofType.get(type) ?? { kind: "unknown" }) : undefined;
  if (record?.kind !== "RecordExpr" || !fields) return undefined;
  const written = new Set(record.fields.map((one) => one.name.text));
  const missing = [...fields.values()].flatMap(({ name, decl }) => {
    return decl && !written.has(name) ? [`${name}: ${valueFor(view, decl, flow)}`] : [];
  });
  const last = record.fields.at(-1);
  const at = last ? last.value.end : record.start + 1;
  return {
    title: missing.length === 1 ? "Add the missing field" : `Add the ${missing.length} missing fields`,
    changes: [insert(file.source, at, last ? `, ${missing.join(", ")}` : ` ${missing.join(", ")} `)],
  };
};

/** What the flow has under this name, else something of the type. */
function valueFor({ compilation }: View, decl: Syntax.FieldDecl, flow: Syntax.FlowDecl | undefined): string {
  const name = decl.name.text;
  if (flow && [...flow.vars, ...flow.params].some((one) => one.name.text === name)) return name;
  return sampleOf(compilation.types.ofDecl.get(decl), name);
}

function sampleOf(type: Type | undefined, name: string): string {
  switch (type?.kind) {
    case "text":
      return JSON.stringify([...labelOf(name)].slice(0, type.max).join(""));
    case "number":
      return "0";
    case "range":
      return String(type.min);
    case "bool":
      return "true";
    case "date":
      return "today()";
    case "moment":
      return "now()";
    case "duration":
      return "1h";
    case "url":
      return '"https://example.com"';
    case "enum":
      return `${type.name}.${type.cases[0] ?? ""}`;
    case "list":
      return type.min > 0 ? `[${sampleOf(type.of, name)}]` : "[]";
    case "record":
      return `{ ${[...type.fields.values()].map((one) => `${one.name}: ${sampleOf(one.type, one.name)}`).join(", ")} }`;
    default:
      return "none";
  }
}
