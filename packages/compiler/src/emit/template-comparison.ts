/** Declared templates against what the account has: what is to be handed in, what has changed. */
import type { TemplateRequest } from "@parley/whatsapp";
import type { Names } from "../bind/names.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { differencesOf, formOfListed, mediaWord, type TemplateForm } from "../project/listed/form.ts";
import { parseListed } from "../project/listed/parse.ts";
import type { TemplateDecl } from "../syntax/ast.ts";
import { type Source, type Span, spanOf } from "../text/source.ts";

/** `source`: the answer of the Graph API to `GET /<account id>/message_templates`, or a file in that form. */
export function compareTemplates(
  names: Names,
  requests: readonly TemplateRequest[],
  source: Source,
): readonly Diagnostic[] {
  const { value, diagnostics } = parseListed(source);
  const listed = new Map(value.map((one) => [one.name, one]));
  const found = requests.flatMap((request): readonly Diagnostic[] => {
    const decl = names.templates.get(request.name);
    if (!decl) return [];
    const one = listed.get(request.name);
    const at = spanOf(decl.name.source, decl.name.start, decl.name.end);
    const refused = (problem: string): readonly Diagnostic[] => [
      diagnostic("P6001", at, { name: request.name, similar: [], known: [], more: 0, problem }),
    ];
    if (!one) return refused(`${source.path} does not list it`);
    if (one.problem !== undefined) return refused(one.problem);
    const there = formOfListed(one, request.language);
    if (!there) return refused(`it is not approved in \`${request.language}\``);
    return differences(decl, at, request, there, one.params.length);
  });
  return [...diagnostics, ...found];
}

function differences(
  decl: TemplateDecl,
  at: Span,
  request: TemplateRequest,
  there: TemplateForm,
  wanted: number,
): readonly Diagnostic[] {
  const { name, language } = request;
  return differencesOf(formOfRequest(request), there).map(({ what, here, there: other, breaks }) => {
    const where = `${what} in \`${language}\``;
    if (!breaks) return diagnostic("P6005", at, { name, what: where, here, there: other });
    const problem = `${where} of the template \`${name}\` is ${here} here and ${other} where it is approved`;
    return diagnostic("P6002", at, { name, wanted, count: decl.params.length, problem });
  });
}

function formOfRequest({ category, components }: TemplateRequest): TemplateForm {
  const form: { -readonly [K in keyof TemplateForm]: TemplateForm[K] } = {
    category: category.toLowerCase(),
    header: "",
    body: "",
    footer: "",
    buttons: [],
  };
  for (const part of components) {
    if (part.type === "HEADER") form.header = part.format === "TEXT" ? part.text : mediaWord(part.format.toLowerCase());
    else if (part.type === "BODY") form.body = part.text;
    else if (part.type === "FOOTER") form.footer = part.text;
    else {
      form.buttons = part.buttons.map((button) =>
        button.type === "URL"
          ? { kind: "url", title: button.text, url: button.url }
          : { kind: "reply", title: button.text },
      );
    }
  }
  return form;
}
