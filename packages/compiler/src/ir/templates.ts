/** Templates: what a send fills in, and the texts that users see. */
import type { TemplateDef, TemplateMediaDef } from "@parley/machine";
import type { HeaderClause, TemplateDecl, TextExpr } from "../syntax/ast.ts";
import type { Mutable } from "./code.ts";
import { paramTypes } from "./declarations.ts";
import { lowerExpr, lowerTemplate } from "./expressions.ts";
import { lowerListed } from "./listed.ts";
import type { Lowering } from "./lowering.ts";
import { templateOptionKey } from "./options.ts";
import { addLiteral, addText } from "./texts.ts";

export function lowerTemplateDecl(l: Lowering, template: TemplateDecl): TemplateDef {
  const { listed } = template;
  return listed ? lowerListed(l, template, listed) : lowerDeclared(l, template);
}

function lowerDeclared(l: Lowering, template: TemplateDecl): TemplateDef {
  const name = template.name.text;
  const category = template.clauses.find((c) => c.kind === "TemplateCategory")?.name.text;
  const locales = template.clauses.flatMap((c) => (c.kind === "TemplateLocales" ? c.names.map((n) => n.text) : []));
  const header = template.clauses.find((c) => c.kind === "HeaderClause");
  const body = template.clauses.find((c) => c.kind === "BodyClause");
  const footer = template.clauses.find((c) => c.kind === "FooterClause");
  const keep = (part: string, text: TextExpr): string => addText(l, `templates.${name}.${part}`, text);
  const media = header && mediaOf(l, header);
  return {
    name,
    category: category === "marketing" ? category : "utility",
    locales: locales.length > 0 ? locales : [l.settings.locales.default],
    params: paramTypes(l, template.params),
    header: header?.value.kind === "TextExpr" && !media ? parametersIn(header.value) : [],
    body: body ? parametersIn(body.text) : [],
    ...(media ? { media } : {}),
    ...buttonsOf(l, template),
    texts: {
      ...(header?.value.kind === "TextExpr" && !media ? { header: keep("header", header.value) } : {}),
      ...(body ? { body: keep("body", body.text) } : {}),
      ...(footer ? { footer: keep("footer", footer.text) } : {}),
    },
  };
}

/** A constant link or a parameter. */
function mediaOf(l: Lowering, header: HeaderClause): TemplateMediaDef | undefined {
  if (header.media === "text") return undefined;
  return { kind: header.media, value: lowerExpr(l, header.value) };
}

/** The key of a link's title: `link`, and `link2` for the second. */
export function templateLinkKey(template: string, place: number): string {
  return `templates.${template}.link${place === 0 ? "" : place + 1}`;
}

/** Places among all buttons are only written where there are links. */
function buttonsOf(l: Lowering, template: TemplateDecl): Pick<TemplateDef, "options" | "buttons"> {
  const name = template.name.text;
  const all = template.clauses.filter((c) => c.kind === "TemplateOption" || c.kind === "LinkClause");
  const options: Mutable<TemplateDef["options"][number]>[] = [];
  const buttons: NonNullable<TemplateDef["buttons"]>[number][] = [];
  for (const [index, clause] of all.entries()) {
    if (clause.kind === "TemplateOption") {
      const { name: option, title } = clause;
      const key = templateOptionKey(name, option.text);
      const text = title ? addText(l, key, title) : addLiteral(l, key, option.text, clause);
      const place = index === options.length ? {} : { index };
      options.push({ id: option.text, title: text, ...place });
    } else {
      const title = addText(l, templateLinkKey(name, buttons.length), clause.title);
      const [param] = parametersIn(clause.url);
      const url = lowerTemplate(l, clause.url);
      buttons.push({ kind: "url", index, title, url, ...(param === undefined ? {} : { param }) });
    }
  }
  return buttons.length > 0 ? { options, buttons } : { options };
}

/** Each parameter once, in the order of its first use: WhatsApp fills a name wherever it stands. */
function parametersIn(text: TextExpr): readonly string[] {
  const names = new Set<string>();
  for (const part of text.parts) {
    if (typeof part !== "string" && part.value.kind === "NameExpr") names.add(part.value.name);
  }
  return [...names];
}
