/** Types, actions, templates, events and the profile. */
import type { ActionDef, EnumType, EventDef, FieldType, TemplateDef, ValueType } from "@parley/machine";
import { ACTION_TIMEOUT_MS } from "../flow/action.ts";
import type { ActionDecl, FieldDecl, TemplateDecl, TextExpr, TypeDecl } from "../syntax/ast.ts";
import { fieldType } from "./flows.ts";
import { emptyRecord, type Lowering } from "./lowering.ts";
import { caseKey, templateOptionKey } from "./options.ts";
import { addLiteral, addText } from "./texts.ts";
import { valueType } from "./values.ts";

export function lowerEnum(l: Lowering, decl: TypeDecl): EnumType {
  const cases = emptyRecord<string>();
  for (const { name, label } of decl.cases) {
    const key = caseKey(decl.name.text, name.text);
    cases[name.text] = label ? addText(l, key, label) : addLiteral(l, key, name.text, name);
  }
  return { cases };
}

export function lowerProfile(l: Lowering): Readonly<Record<string, FieldType>> {
  const fields = emptyRecord<FieldType>();
  for (const field of l.names.profile?.fields ?? []) fields[field.name.text] = fieldType(l, field);
  return fields;
}

export function lowerEvents(l: Lowering): Readonly<Record<string, EventDef>> {
  const events = emptyRecord<EventDef>();
  for (const [name, symbol] of [...l.names.events, ...l.names.schedules]) {
    events[name] = { params: paramTypes(l, symbol.params) };
  }
  return events;
}

function paramTypes(l: Lowering, params: readonly FieldDecl[]): Readonly<Record<string, ValueType>> {
  const types = emptyRecord<ValueType>();
  for (const param of params) {
    types[param.name.text] = valueType(l, l.types.ofDecl.get(param) ?? l.types.ofType.get(param.type), param.name);
  }
  return types;
}

export function lowerActionDecl(l: Lowering, action: ActionDecl): ActionDef {
  const timeout = action.clauses.find((c) => c.kind === "Timeout");
  return {
    params: paramTypes(l, action.params),
    ...(action.result ? { result: valueType(l, l.types.ofType.get(action.result), action.result) } : {}),
    timeoutMs: timeout?.duration.value ?? ACTION_TIMEOUT_MS,
    ...(action.clauses.some((c) => c.kind === "Once") ? { once: true as const } : {}),
    ...(action.clauses.some((c) => c.kind === "Infallible") ? { infallible: true as const } : {}),
  };
}

export function lowerTemplateDecl(l: Lowering, template: TemplateDecl): TemplateDef {
  const name = template.name.text;
  const category = template.clauses.find((c) => c.kind === "TemplateCategory")?.name.text;
  const locales = template.clauses.flatMap((c) => (c.kind === "TemplateLocales" ? c.names.map((n) => n.text) : []));
  const header = template.clauses.find((c) => c.kind === "HeaderClause");
  const body = template.clauses.find((c) => c.kind === "BodyClause");
  const footer = template.clauses.find((c) => c.kind === "FooterClause");
  const options = template.clauses.filter((c) => c.kind === "TemplateOption");
  const keep = (part: string, text: TextExpr): string => addText(l, `templates.${name}.${part}`, text);
  return {
    name,
    category: category === "marketing" || category === "authentication" ? category : "utility",
    locales: locales.length > 0 ? locales : [l.settings.locales.default],
    params: paramTypes(l, template.params),
    header: header?.value.kind === "TextExpr" ? parametersIn(header.value) : [],
    body: body ? parametersIn(body.text) : [],
    options: options.map(({ name: option, title }) => {
      const key = templateOptionKey(name, option.text);
      return { id: option.text, title: title ? addText(l, key, title) : addLiteral(l, key, option.text, option) };
    }),
    texts: {
      ...(header?.value.kind === "TextExpr" ? { header: keep("header", header.value) } : {}),
      ...(body ? { body: keep("body", body.text) } : {}),
      ...(footer ? { footer: keep("footer", footer.text) } : {}),
    },
  };
}

/** Each parameter once, in the order of its first use: WhatsApp fills a name wherever it stands. */
function parametersIn(text: TextExpr): readonly string[] {
  const names = new Set<string>();
  for (const part of text.parts) {
    if (typeof part !== "string" && part.value.kind === "NameExpr") names.add(part.value.name);
  }
  return [...names];
}
