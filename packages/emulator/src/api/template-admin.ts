/** Templates as the business keeps them: list, look up, hand in for approval, delete. */
import { LIMITS, validateTemplate } from "@parley/whatsapp";
import type { Context } from "../context.ts";
import { createRandom } from "../random.ts";
import type { RuleName } from "../rules.ts";
import type { EmulatorTemplate, TemplatePart, TemplateStatus } from "../types.ts";
import { deliverChange } from "../webhooks/deliver.ts";
import { type Answer, broken, graphBroken, unknownObject } from "./answer.ts";
import { templateKey } from "./templates.ts";

/** Stores it, with an id. */
export function putTemplate(ctx: Context, template: EmulatorTemplate): EmulatorTemplate {
  const key = templateKey(template.name, template.language);
  // Of a stream of its own: templates that are added do not change the ids of messages.
  const id = template.id ?? ctx.templates.get(key)?.id ?? createRandom(`template:${key}`).digits(15);
  const stored: EmulatorTemplate = { ...template, status: template.status ?? "APPROVED", id };
  ctx.templates.set(key, stored);
  return stored;
}

/** Changes what became of a template, and tells the webhook. */
export function judgeTemplate(
  ctx: Context,
  name: string,
  language: string,
  status: TemplateStatus,
  reason?: string,
): EmulatorTemplate | undefined {
  const found = ctx.templates.get(templateKey(name, language));
  if (!found) return undefined;
  const stored = putTemplate(ctx, { ...found, status });
  const value = {
    event: status,
    message_template_id: Number(stored.id),
    message_template_name: name,
    message_template_language: language,
    reason: reason ?? "NONE",
  };
  deliverChange(ctx, "account", ctx.clock.now(), { field: "message_template_status_update", value });
  return stored;
}

const FILTERS = ["name", "status", "category", "language"] as const;

/** Those that fit all filters, `limit` (25) at a time; `after` is where the next page begins. */
export function listTemplates(ctx: Context, query: URLSearchParams): Answer {
  const fits = Array.from(ctx.templates.values()).filter((template) =>
    FILTERS.every((key) => {
      const wanted = query.get(key);
      if (wanted === null) return true;
      return key === "name" ? template.name.includes(wanted) : template[key] === wanted;
    }),
  );
  const from = Number(query.get("after") ?? "0") || 0;
  const limit = Number(query.get("limit") ?? "25") || 25;
  const next = from + limit;
  const more = next < fits.length ? { next: `?after=${next}&limit=${limit}` } : {};
  const cursors = { before: String(from), after: String(Math.min(next, fits.length)) };
  return { status: 200, body: { data: fits.slice(from, next), paging: { cursors, ...more } } };
}

export function templateById(ctx: Context, id: string): EmulatorTemplate | undefined {
  return Array.from(ctx.templates.values()).find((template) => template.id === id);
}

export function oneTemplate(ctx: Context, id: string): Answer {
  const found = templateById(ctx, id);
  return found ? { status: 200, body: found } : unknownObject(ctx, id);
}

function bodyOf(components: readonly TemplatePart[]): string {
  return components.find((part) => part.type === "BODY")?.text ?? "";
}

const VARIABLE = /\{\{[^}]*\}\}/g;

/** Variables count once each, against the words around them. */
function hasFewWords(body: string): boolean {
  const variables = new Set(body.match(VARIABLE)).size;
  const words = body.replace(VARIABLE, " ").split(/\s+/u);
  const count = words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return variables > 0 && count < LIMITS.templateWordsPerParameter.min * variables + 1;
}

function invalid(ctx: Context, rule: RuleName, subcode: number, title: string, words: string): Answer {
  const error = { error_subcode: subcode, error_user_title: title, error_user_msg: words };
  return graphBroken(ctx, rule, { message: "Invalid parameter", type: "OAuthException", ...error });
}

function refusal(ctx: Context, { name, language, components }: EmulatorTemplate): Answer | undefined {
  const body = bodyOf(components);
  if (ctx.templates.has(templateKey(name, language))) {
    const title = "Content in this language already exists";
    return invalid(ctx, "template-is-new", 2_388_024, title, `There is already ${language} content for this template.`);
  }
  if (ctx.templates.size >= LIMITS.templatesPerAccount.max) {
    const title = "You've reached the limit of message templates";
    return invalid(ctx, "template-count-is-within-limit", 2_388_019, title, "Delete one to create another one.");
  }
  if (/^\s*\{\{[^}]*\}\}|\{\{[^}]*\}\}\s*$/.test(body)) {
    const title = "Variables can't be at the start or end of the template";
    return invalid(ctx, "template-variables-are-inside", 2_388_299, title, "The body begins or ends with a variable.");
  }
  if (hasFewWords(body)) {
    const title = "This template has too many variables for its length";
    const words = "Reduce the number of variables or increase the message length.";
    return invalid(ctx, "template-has-words-for-its-variables", 2_388_293, title, words);
  }
  return undefined;
}

/** Handed in: pending until it is judged by the control API. */
export function createTemplate(ctx: Context, body: unknown): Answer {
  const [violation] = validateTemplate(body);
  if (violation) return broken(ctx, "template-is-well-formed", violation.details);
  // The schema passed it.
  const template = body as EmulatorTemplate;
  const refused = refusal(ctx, template);
  if (refused) return refused;
  const { name, language, category, components } = template;
  const { id } = putTemplate(ctx, { name, language, category, components, status: "PENDING" });
  return { status: 200, body: { id, status: "PENDING", category } };
}

/** By name in all its languages, or by name and `hsm_id` this one. */
export function deleteTemplate(ctx: Context, query: URLSearchParams): Answer {
  const name = query.get("name") ?? "";
  const id = query.get("hsm_id");
  const language = query.get("language");
  const gone = Array.from(ctx.templates).filter(
    ([, template]) =>
      template.name === name &&
      (id === null || template.id === id) &&
      (language === null || template.language === language),
  );
  if (gone.length === 0) return unknownObject(ctx, name);
  for (const [key] of gone) ctx.templates.delete(key);
  return { status: 200, body: { success: true } };
}
