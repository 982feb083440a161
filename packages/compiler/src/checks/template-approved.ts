/** P6002 and P6005: templates that are declared and also listed as approved are the same. */
import { differencesOf, formOfListed, mediaWord, type TemplateForm } from "../project/listed/form.ts";
import type { Expr, TemplateDecl, TextExpr } from "../syntax/ast.ts";
import { spanOf } from "../text/source.ts";
import { at, type Checked, type Report } from "./program.ts";

export function declaredAsApproved(program: Checked, report: Report): void {
  const language = program.settings.locales.default;
  for (const file of program.names.files) {
    for (const d of file.declarations) {
      const decl = d.kind === "TemplateDecl" && d.listed ? program.names.templates.get(d.name.text) : undefined;
      if (d.kind !== "TemplateDecl" || !d.listed || !decl || decl.listed) continue;
      const related = [{ span: spanOf(d.source, d.start, d.end), message: "this is its entry" }];
      const { problem } = d.listed;
      const name = decl.name.text;
      if (problem !== undefined) {
        at(report, "P6001", decl.name, { name, similar: [], known: [], more: 0, problem }, { related });
        continue;
      }
      const there = formOfListed(d.listed, language);
      if (!there) continue;
      for (const { what, here, there: other, breaks } of differencesOf(formOfDecl(decl), there)) {
        if (breaks) {
          const words = `${what} of the template \`${name}\` is ${here} here and ${other} where it is approved`;
          const counts = { wanted: d.listed.params.length, count: decl.params.length };
          at(report, "P6002", decl.name, { name, ...counts, problem: words }, { related });
        } else at(report, "P6005", decl.name, { name, what, here, there: other }, { related });
      }
    }
  }
}

function formOfDecl(decl: TemplateDecl): TemplateForm {
  const category = decl.clauses.find((c) => c.kind === "TemplateCategory")?.name.text ?? "utility";
  const header = decl.clauses.find((c) => c.kind === "HeaderClause");
  const body = decl.clauses.find((c) => c.kind === "BodyClause");
  const footer = decl.clauses.find((c) => c.kind === "FooterClause");
  return {
    category,
    header: header ? (header.media === "text" ? textOf(header.value) : mediaWord(header.media)) : "",
    body: body ? textOf(body.text) : "",
    footer: footer ? textOf(footer.text) : "",
    buttons: decl.clauses.flatMap((c) => {
      if (c.kind === "TemplateOption") return [{ kind: "reply", title: c.title ? textOf(c.title) : c.name.text }];
      if (c.kind !== "LinkClause") return [];
      return [{ kind: "url", title: textOf(c.title), url: linkOf(c.url) }];
    }),
  };
}

/** Parameters as `{{name}}`. */
function textOf(text: Expr): string {
  if (text.kind !== "TextExpr") return "";
  return text.parts
    .map((part) => (typeof part === "string" ? part : part.value.kind === "NameExpr" ? `{{${part.value.name}}}` : ""))
    .join("");
}

function linkOf(url: TextExpr): string {
  return url.parts.map((part) => (typeof part === "string" ? part : "{{1}}")).join("");
}
