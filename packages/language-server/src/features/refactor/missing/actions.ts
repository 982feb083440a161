/** Actions of the host, and templates. */
import type { Syntax } from "@parley/compiler";
import type { Node } from "../../../at.ts";
import type { View } from "../../../view.ts";
import { insert } from "../edits.ts";
import { type Create, nearest, paramsFor, SOME_TEXT, startOf } from "./missing.ts";

/** Its parameters are the names that it is called with, as far as the arguments have names. */
export const createAction: Create = ({ view, file, flow, path, name, inTest }) => {
  const call = nearest(path, "CallExpr", "Do") as (Node & (Syntax.CallExpr | Syntax.Do)) | undefined;
  if (!call || !flow || inTest) return undefined;
  const result = call.kind === "Do" ? "" : ` -> ${resultFor(view, path)}`;
  const text = `action ${name}(${paramsFor(view, call.args).join(", ")})${result}\n\n`;
  return {
    title: `Declare the action \`${name}\``,
    changes: [insert(file.source, startOf(file, flow), text)],
  };
};

/** The type of the variable that takes it. */
function resultFor({ compilation: { names } }: View, path: readonly Node[]): string {
  const set = nearest(path, "Set") as (Node & Syntax.Set) | undefined;
  const [target, ...fields] = set?.target.names ?? [];
  const referent = target && fields.length === 0 ? names.refs.get(target) : undefined;
  const type = referent?.kind === "var" ? referent.decl.type : undefined;
  return type ? type.source.text.slice(type.start, type.end) : SOME_TEXT;
}

/** Before the flow that sends it. Its texts are to be those that WhatsApp approves. */
export const createTemplate: Create = ({ view, file, path, name }) => {
  const owner = file.declarations.find((one) => path.some((node) => node === (one as unknown)));
  if (!owner) return undefined;
  const args = argsOf(path);
  const params = paramsFor(view, args).map((param, i) => {
    const arg = args[i];
    const sample = arg?.kind === "TextExpr" && arg.parts.every((part) => typeof part === "string") ? arg : undefined;
    return sample ? `${param} = ${sample.source.text.slice(sample.start, sample.end)}` : param;
  });
  const holes = params.map((param) => `{${param.split(":")[0]}}`);
  const about = holes.length > 0 ? ` about ${holes.join(" and ")}` : "";
  const body = `Here is the news${about} that you have asked us for, as it was approved by WhatsApp.`;
  const options = optionsBelow(path).map((option) => `  option ${option.id} ${option.title}\n`);
  const text = `template ${name}(${params.join(", ")}) {\n  category utility\n  body "${body}"\n${options.join("")}}\n\n`;
  return {
    title: `Declare the template \`${name}\``,
    changes: [insert(file.source, startOf(file, owner), text)],
  };
};

function argsOf(path: readonly Node[]): readonly Syntax.Expr[] {
  const ask = nearest(path, "Ask") as (Node & Syntax.Ask) | undefined;
  if (ask?.template) return ask.template.args;
  const send = path.findLast((node) => "args" in node) as
    | (Node & { readonly args?: readonly Syntax.Expr[] })
    | undefined;
  return send?.args ?? [];
}

/** Of an ask: its options are the quick replies. */
function optionsBelow(path: readonly Node[]): readonly { readonly id: string; readonly title: string }[] {
  const ask = nearest(path, "Ask") as (Node & Syntax.Ask) | undefined;
  return (ask?.clauses ?? []).flatMap((clause) => {
    if (clause.kind !== "Option" || clause.id.kind !== "Name") return [];
    const { title } = clause;
    const label = clause.id.text.replaceAll("_", " ");
    return [{ id: clause.id.text, title: title ? title.source.text.slice(title.start, title.end) : `"${label}"` }];
  });
}
