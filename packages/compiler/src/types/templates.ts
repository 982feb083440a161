/** Templates: what they declare, and the values that they are sent with. */
import type { Expr, FieldDecl, Name, TemplateDecl, TextExpr } from "../syntax/ast.ts";
import { UNKNOWN } from "./builtins.ts";
import { check, infer, typeText } from "./expressions.ts";
import { checkMedia } from "./media.ts";
import { present } from "./relations.ts";
import { surplus } from "./surplus.ts";
import { mistake, report, type Typer, typeOfDecl } from "./typer.ts";

/** A template is sent with a value for each of its parameters: the defaults are only samples for its approval. */
export function checkTemplateArgs(t: Typer, name: Name, decl: TemplateDecl, args: readonly Expr[]): void {
  const wanted = decl.params.length;
  if (args.length !== wanted) {
    const names = decl.params.map((param) => param.name.text);
    report(t, "P6002", name, { name: name.text, wanted, count: args.length, names }, surplus(args, wanted));
  }
  for (const [i, arg] of args.entries()) checkArg(t, decl.params[i], arg);
}

/** The samples. */
export function checkSamples(t: Typer, d: TemplateDecl): void {
  for (const param of d.params) if (param.value) checkArg(t, param, param.value);
}

/** Where a file or a link is wanted, one that is written will do, as everywhere. */
function checkArg(t: Typer, param: FieldDecl | undefined, arg: Expr): void {
  if (!param) {
    infer(t, arg);
    return;
  }
  const type = typeOfDecl(t, param);
  const { kind } = present(type);
  if (kind === "media" || (kind === "url" && arg.kind === "TextExpr")) checkMedia(t, arg);
  else check(t, arg, type, `\`${param.name.text}\``);
}

/** The texts and the header of a declared template. */
export function typeTemplateClauses(t: Typer, d: TemplateDecl): void {
  for (const clause of d.clauses) {
    switch (clause.kind) {
      case "HeaderClause":
        if (clause.media !== "text") typeFile(t, d, clause.value);
        else if (clause.value.kind === "TextExpr") typeApproved(t, d, clause.value);
        else check(t, clause.value, UNKNOWN, "a header");
        break;
      case "BodyClause":
      case "FooterClause":
        typeApproved(t, d, clause.text);
        break;
      case "TemplateOption":
        typeApproved(t, d, clause.title);
        break;
      case "LinkClause":
        typeApproved(t, d, clause.title);
        typeApproved(t, d, clause.url);
        break;
      case "TemplateCategory":
      case "TemplateLocales":
    }
  }
}

/** WhatsApp fills in the values, so that nothing can be worked out in such a text. */
function typeApproved(t: Typer, d: TemplateDecl, text: TextExpr | undefined): void {
  typeText(t, text);
  for (const part of text?.parts ?? []) {
    if (typeof part === "string" || part.value.kind === "MissingExpr" || isParameter(t, d, part.value)) continue;
    // Of a name that is not known nothing more is to be said.
    if (part.value.kind === "NameExpr" && !t.names.refs.has(part.value)) continue;
    mistake(t, part.value, "the text of a template holds parameters as they are: give the value where it is sent");
  }
}

function isParameter(t: Typer, d: TemplateDecl, value: Expr): boolean {
  if (value.kind !== "NameExpr") return false;
  const referent = t.names.refs.get(value);
  return referent?.kind === "var" && d.params.includes(referent.decl);
}

/** A link as it is, or a parameter. */
function typeFile(t: Typer, d: TemplateDecl, value: Expr): void {
  checkMedia(t, value);
  const constant = value.kind === "TextExpr" && value.parts.every((part) => typeof part === "string");
  if (constant || value.kind === "MissingExpr" || isParameter(t, d, value)) return;
  if (value.kind === "NameExpr" && !t.names.refs.has(value)) return;
  mistake(t, value, "the file of a template's header is a link without holes, or a parameter");
}
