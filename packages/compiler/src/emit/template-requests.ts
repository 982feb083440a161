/** The requests that hand in the declared templates for approval: bodies of `POST /<account id>/message_templates`. */
import type { Machine, Template } from "@parley/machine";
import type {
  TemplateButtonRequest,
  TemplateComponentRequest,
  TemplateRequest,
  TemplateSample,
} from "@parley/whatsapp";
import { codePoints, LIMITS } from "@parley/whatsapp";
import type { Names } from "../bind/names.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { templateOptionKey } from "../ir/options.ts";
import { templateLinkKey } from "../ir/templates.ts";
import type { Expr, FieldDecl, TemplateDecl, TextExpr } from "../syntax/ast.ts";
import { type Span, spanOf } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { labelOf } from "../types/length.ts";

export interface TemplateRequests {
  readonly requests: readonly TemplateRequest[];
  /** P6004 for parameters without a sample and for texts that are missing in a language. */
  readonly diagnostics: readonly Diagnostic[];
}

interface Writing {
  readonly names: Names;
  readonly machine: Machine;
  readonly decl: TemplateDecl;
  readonly locale: string;
  readonly samples: ReadonlyMap<string, string>;
  readonly diagnostics: Diagnostic[];
}

/** `machine` is the compiled program that `names` are of. One request for each language of each declared template. */
export function templateRequests(names: Names, machine: Machine): TemplateRequests {
  const diagnostics: Diagnostic[] = [];
  const requests: TemplateRequest[] = [];
  for (const decl of names.templates.values()) {
    if (decl.listed) continue;
    const samples = samplesOf(names, decl, diagnostics);
    for (const locale of sure(machine.templates[decl.name.text]).locales) {
      requests.push(requestOf({ names, machine, decl, locale, samples, diagnostics }));
    }
  }
  return { requests, diagnostics };
}

function refuse(diagnostics: Diagnostic[], span: Span, args: Parameters<typeof diagnostic<"P6004">>[2]): void {
  diagnostics.push(diagnostic("P6004", spanOf(span.source, span.start, span.end), args));
}

// ---------------------------------------------------------------- samples

function samplesOf(names: Names, decl: TemplateDecl, diagnostics: Diagnostic[]): ReadonlyMap<string, string> {
  const samples = new Map<string, string>();
  for (const param of decl.params) {
    const sample = sampleOf(names, param);
    if (sample !== undefined) samples.set(param.name.text, sample);
    else refuse(diagnostics, param, { problem: "sample", what: `the parameter \`${param.name.text}\`` });
  }
  return samples;
}

/** A value that is written out, as it is printed; a case of an enum by its label. */
function sampleOf({ refs }: Names, { value }: FieldDecl): string | undefined {
  if (value === undefined) return undefined;
  return printed(value, (name) => {
    const referent = refs.get(name);
    return referent?.kind === "case" ? labelOf(referent.decl) : undefined;
  });
}

function printed(value: Expr, labelFor: (name: FieldName) => string | undefined): string | undefined {
  switch (value.kind) {
    case "TextExpr":
      return value.parts.every((part) => typeof part === "string") ? value.parts.join("") : undefined;
    case "NumberExpr":
      return String(value.value);
    case "FieldExpr":
      return labelFor(value.field);
    default:
      return undefined;
  }
}

type FieldName = Extract<Expr, { kind: "FieldExpr" }>["field"];

// ---------------------------------------------------------------- one request

function requestOf(w: Writing): TemplateRequest {
  const { decl, locale, machine } = w;
  const def = sure(machine.templates[decl.name.text]);
  const named = def.header.length + def.body.length > 0;
  const buttons = buttonsOf(w);
  return {
    name: decl.name.text,
    language: locale,
    category: def.category === "marketing" ? "MARKETING" : "UTILITY",
    ...(named ? { parameter_format: "NAMED" as const } : {}),
    components: [
      ...headerOf(w),
      ...bodyOf(w),
      ...footerOf(w),
      ...(buttons.length > 0 ? [{ type: "BUTTONS" as const, buttons }] : []),
    ],
  };
}

function headerOf(w: Writing): readonly TemplateComponentRequest[] {
  const clause = w.decl.clauses.find((c) => c.kind === "HeaderClause");
  if (!clause) return [];
  if (clause.media !== "text") {
    const { value } = clause;
    const link = value.kind === "NameExpr" ? w.samples.get(value.name) : printed(value, () => undefined);
    const format = clause.media.toUpperCase() as "IMAGE" | "VIDEO" | "DOCUMENT";
    return [{ type: "HEADER", format, example: { header_handle: [link ?? ""] } }];
  }
  if (clause.value.kind !== "TextExpr") return [];
  const text = wordsOf(w, "header", clause.value);
  const samples = namedSamples(w, clause.value);
  const example = samples.length > 0 ? { example: { header_text_named_params: samples } } : {};
  return [{ type: "HEADER", format: "TEXT", text, ...example }];
}

function bodyOf(w: Writing): readonly TemplateComponentRequest[] {
  const clause = w.decl.clauses.find((c) => c.kind === "BodyClause");
  if (!clause) return [];
  const samples = namedSamples(w, clause.text);
  const example = samples.length > 0 ? { example: { body_text_named_params: samples } } : {};
  return [{ type: "BODY", text: wordsOf(w, "body", clause.text), ...example }];
}

function footerOf(w: Writing): readonly TemplateComponentRequest[] {
  const clause = w.decl.clauses.find((c) => c.kind === "FooterClause");
  return clause ? [{ type: "FOOTER", text: wordsOf(w, "footer", clause.text) }] : [];
}

function buttonsOf(w: Writing): readonly TemplateButtonRequest[] {
  const { decl, machine } = w;
  const name = decl.name.text;
  const buttons: TemplateButtonRequest[] = [];
  let links = 0;
  for (const clause of decl.clauses) {
    if (clause.kind === "TemplateOption") {
      const text = textIn(w, templateOptionKey(name, clause.name.text), clause, `\`${clause.name.text}\``);
      buttons.push({ type: "QUICK_REPLY", text });
    } else if (clause.kind === "LinkClause") {
      const text = textIn(w, templateLinkKey(name, links), clause.title, "the title of the link");
      const def = sure(machine.templates[name]).buttons?.[links++];
      const param = def?.kind === "url" ? def.param : undefined;
      const example = param === undefined ? {} : { example: [w.samples.get(param) ?? ""] };
      buttons.push({ type: "URL", text, url: linkOf(clause.url), ...example });
    }
  }
  return buttons;
}

function linkOf(url: TextExpr): string {
  return url.parts.map((part) => (typeof part === "string" ? part : "{{1}}")).join("");
}

// ---------------------------------------------------------------- texts

const PARTS = { header: "templateHeader", body: "templateBody", footer: "templateFooter" } as const;

function wordsOf(w: Writing, part: "header" | "body" | "footer", span: Span): string {
  return textIn(w, `templates.${w.decl.name.text}.${part}`, span, `the ${part}`, LIMITS[PARTS[part]].max);
}

/** The text in the language of the request. Where it has none of its own, that of the default language is no translation. */
function textIn(
  { machine, locale, decl, diagnostics }: Writing,
  key: string,
  span: Span,
  what: string,
  max: number = LIMITS.templateButtonText.max,
): string {
  const localized = sure(machine.texts[key]);
  const own = localized[locale];
  if (!own) {
    const of = `${what} of the template \`${decl.name.text}\``;
    refuse(diagnostics, span, { problem: "untranslated", what: of, locale });
  }
  const text = variables(own ?? sure(localized[machine.locales.default]));
  const length = codePoints(text);
  if (length > max) refuse(diagnostics, span, { problem: "length", what: `${what} in \`${locale}\``, length, max });
  return text;
}

function variables(template: Template): string {
  return template
    .map((part) => {
      if (typeof part === "string") return part;
      return `{{${Array.isArray(part.e) && part.e[0] === "get" ? part.e[1] : part.source}}}`;
    })
    .join("");
}

function namedSamples({ samples }: Writing, text: TextExpr): readonly TemplateSample[] {
  const found = new Map<string, TemplateSample>();
  for (const part of text.parts) {
    if (typeof part === "string" || part.value.kind !== "NameExpr") continue;
    const { name } = part.value;
    found.set(name, { param_name: name, example: samples.get(name) ?? "" });
  }
  return [...found.values()];
}
