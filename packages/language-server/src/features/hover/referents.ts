/** What a name stands for, as a signature with its doc comment. */
import { BUILTINS, type Referent, type Syntax, showType, type Type } from "@parley/compiler";
import { firstLine } from "../../texts.ts";
import type { View } from "../../view.ts";
import { signature } from "../completion/values.ts";

export function signed(code: string, doc: string): string {
  return `\`\`\`flow\n${code}\n\`\`\`${doc === "" ? "" : `\n\n${doc}`}`;
}

export function typeText(type: Type | undefined): string {
  if (!type || type.kind === "unknown") return "?";
  if (type.kind !== "record") return showType(type);
  return `{ ${[...type.fields.values()].map((field) => `${field.name}: ${showType(field.type)}`).join(", ")} }`;
}

// One case for each kind of thing that has a name.
export function ofReferent(view: View, referent: Referent): string | undefined {
  const { types } = view.compilation;
  switch (referent.kind) {
    case "var": {
      const { decl } = referent;
      const value = decl.value ? ` = ${source(decl.value)}` : "";
      const personal = types.personal.has(decl) ? "personal " : "";
      return signed(`${decl.name.text}: ${personal}${declared(view, decl)}${value}`, decl.doc);
    }
    case "let":
    case "row":
    case "item": {
      const { decl } = referent;
      const type = types.ofDecl.get(decl);
      return signed(`${referent.kind === "let" ? "let " : "for "}${decl.name.text}: ${typeText(type)}`, "");
    }
    case "type":
      return signed(source(referent.decl), referent.decl.doc);
    case "builtinType":
      return signed(`${referent.name}: ${typeText(BUILTINS.get(referent.name))}`, "");
    case "case": {
      const label = referent.decl.label ? ` ${source(referent.decl.label)}` : "";
      return signed(`${referent.of.name.text}.${referent.decl.name.text}${label}`, referent.decl.doc);
    }
    case "state": {
      const line = firstLine(referent.decl);
      const said = line === "" ? "" : `“${line}”`;
      return signed(`state ${referent.decl.name.text}`, [referent.decl.doc, said].filter((t) => t !== "").join("\n\n"));
    }
    case "flow":
      return signed(`flow ${referent.decl.name.text}${signature(referent.decl)}`, referent.decl.doc);
    case "action":
      return signed(source(referent.decl), referent.decl.doc);
    case "template":
      return signed(`template ${referent.decl.name.text}${signature(referent.decl)}`, referent.decl.doc);
    case "event": {
      const { name, params, flows } = referent.symbol;
      const where = flows.map((flow) => `\`${flow.name.text}\``).join(", ");
      return signed(`${name}${signature({ params })}`, where === "" ? "" : `starts ${where}`);
    }
    case "root":
    case "function":
      return undefined;
  }
}

/** As it was written; what the type stands for where that says more. */
function declared(view: View, decl: Syntax.FieldDecl): string {
  const type = view.compilation.types.ofDecl.get(decl);
  const written = source(decl.type).replace(/^personal\s+/, "");
  const meaning = type && typeText(type);
  const isAlias = type?.kind === "record" || type?.kind === "enum" || type?.kind === "list";
  if (!isAlias || meaning === undefined || meaning === written || type.kind === "enum") return written;
  return `${written}   // ${meaning}`;
}

function source(node: {
  readonly source: { readonly text: string };
  readonly start: number;
  readonly end: number;
}): string {
  return node.source.text.slice(node.start, node.end);
}
