/** What a name stands for, as a signature with its doc comment. */
import { BUILTINS, type Referent, type Syntax, showType, type Type } from "@parley/compiler";
import { describe } from "../../described.ts";
import type { Key } from "../../symbols.ts";
import { firstLine, textSource } from "../../texts.ts";
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
      return signed(
        `${VAR_WORDS[describe(view, decl)?.kind ?? ""] ?? ""}${decl.name.text}: ${personal}${declared(view, decl)}${value}`,
        decl.doc,
      );
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
      const word = view.compilation.names.schedules.get(name) === referent.symbol ? "scheduled" : "event";
      return signed(`${word} ${name}${signature({ params })}`, where === "" ? "" : `Starts ${where}.`);
    }
    case "root":
    case "function":
      return undefined;
  }
}

/** What stands before its name where it is declared. */
const VAR_WORDS: Readonly<Record<string, string>> = { variable: "var ", profileField: "profile." };

/** The same of a name that is told by its place: of a declaration itself, an option, a step of a path. */
export function ofKey(view: View, key: Key): string | undefined {
  const { names } = view.compilation;
  if (typeof key === "string") {
    const [kind, name = ""] = key.split(" ");
    const symbol = (kind === "schedule" ? names.schedules : names.events).get(name);
    return symbol && ofReferent(view, { kind: "event", symbol });
  }
  const decl = key as Declared;
  switch (decl.kind) {
    case "FlowDecl":
      return ofReferent(view, { kind: "flow", decl });
    case "StateDecl":
      return ofReferent(view, { kind: "state", decl });
    case "ActionDecl":
      return ofReferent(view, { kind: "action", decl });
    case "TemplateDecl":
      return ofReferent(view, { kind: "template", decl });
    case "TypeDecl":
      return ofReferent(view, { kind: "type", decl });
    case "FieldDecl":
      return ofReferent(view, { kind: "var", decl, slot: "" });
    case "Let":
      return ofReferent(view, { kind: "let", decl, slot: "" });
    case "ForRows":
      return ofReferent(view, { kind: "row", decl, slot: "" });
    case "ComprehensionExpr":
      return ofReferent(view, { kind: "item", decl, slot: "" });
    case "EnumCase": {
      const of = [...names.types.values()].find(({ cases }) => cases.includes(decl));
      return of && ofReferent(view, { kind: "case", decl, of });
    }
    case "Option":
      return signed(optionText(decl), decl.doc);
    case "TemplateOption":
      return signed(source(decl), "");
    case "ProfileDecl":
      return signed(source(decl), decl.doc);
    case "Ask":
    case "Say":
    case "Wait":
    case "Call":
      return signed(names.ids.get(decl) ?? decl.label?.name.text ?? "", toldIn(decl));
  }
}

type Declared =
  | Syntax.FlowDecl
  | Syntax.StateDecl
  | Syntax.ActionDecl
  | Syntax.TemplateDecl
  | Syntax.TypeDecl
  | Syntax.FieldDecl
  | Syntax.Let
  | Syntax.ForRows
  | Syntax.ComprehensionExpr
  | Syntax.EnumCase
  | Syntax.Option
  | Syntax.TemplateOption
  | Syntax.ProfileDecl
  | Syntax.Ask
  | Syntax.Say
  | Syntax.Wait
  | Syntax.Call;

/** Without what follows a tap, which can be long, but for an arrow. */
function optionText(option: Syntax.Option): string {
  const { arm, start } = option;
  if (!arm || arm.kind === "Arrow") return source(option);
  return `${option.source.text.slice(start, arm.start).trimEnd()} { … }`;
}

function toldIn(node: Syntax.Ask | Syntax.Say | Syntax.Wait | Syntax.Call): string {
  const text = node.kind === "Ask" || node.kind === "Say" ? node.body : undefined;
  return text ? `“${textSource(text)}”` : "";
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
