/** The rules that hold between a template message and the approved template, and what the user then sees. */
import { codePoints, LIMITS, type OutgoingMessage, type Template, type TextualParameter } from "@parley/whatsapp";
import type { BubbleButton } from "../bubble.ts";
import type { Context } from "../context.ts";
import { type BubbleParts, mediaOf } from "../phone/outgoing.ts";
import type { EmulatorTemplate, TemplatePart } from "../types.ts";

export interface Refusal {
  readonly code: number;
  readonly details: string;
}

type Component = NonNullable<Template["components"]>[number];

export function templateKey(name: string, language: string): string {
  return `${name}:${language}`;
}

const STATUS_CODES = { PAUSED: 132015, DISABLED: 132016 } as const;

/** The approved template that the message names, or why there is none. */
export function findTemplate(ctx: Context, template: Template): EmulatorTemplate | Refusal {
  const { name, language } = template;
  const found = ctx.templates.get(templateKey(name, language.code));
  const status = found?.status ?? "APPROVED";
  if (!found || status === "PENDING" || status === "REJECTED") {
    return { code: 132001, details: `template name (${name}) does not exist in ${language.code}` };
  }
  if (status === "APPROVED") return found;
  return { code: STATUS_CODES[status], details: `template (${name}) is ${status.toLowerCase()}` };
}

function partOf<T extends TemplatePart["type"]>(
  template: EmulatorTemplate,
  type: T,
): Extract<TemplatePart, { readonly type: T }> | undefined {
  return template.components.find((part): part is Extract<TemplatePart, { readonly type: T }> => part.type === type);
}

/** Names of the variables of a text, in order of first use. */
function variablesOf(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g), (match) => match[1] ?? ""))];
}

function shown(parameter: TextualParameter): string {
  switch (parameter.type) {
    case "text":
      return parameter.text;
    case "currency":
      return parameter.currency.fallback_value;
    case "date_time":
      return parameter.date_time.fallback_value;
  }
}

/** `text` with its variables filled, or why they cannot be. */
function fill(where: string, text: string, parameters: readonly TextualParameter[]): string | Refusal {
  const variables = variablesOf(text);
  if (parameters.length !== variables.length) {
    return {
      code: 132000,
      details: `${where}: number of localizable_params (${parameters.length}) does not match the expected number of params (${variables.length})`,
    };
  }
  const named = variables.some((variable) => !/^[0-9]+$/.test(variable));
  const values = new Map<string, string>();
  for (const [i, parameter] of parameters.entries()) {
    const name = named ? parameter.parameter_name : String(i + 1);
    if (name === undefined || !variables.includes(name) || (!named && parameter.parameter_name !== undefined)) {
      return {
        code: 132012,
        details: `${where}: parameter ${i + 1} does not fit the variables ${variables.join(", ")}`,
      };
    }
    values.set(name, shown(parameter));
  }
  return text.replace(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g, (_, name: string) => values.get(name) ?? "");
}

function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "code" in value && "details" in value;
}

function componentOf<T extends Component["type"]>(
  template: Template,
  type: T,
): Extract<Component, { readonly type: T }> | undefined {
  return template.components?.find((part): part is Extract<Component, { readonly type: T }> => part.type === type);
}

const TEXTUAL: ReadonlySet<string> = new Set(["text", "currency", "date_time"]);

function isTextual(parameter: { readonly type: string }): parameter is TextualParameter {
  return TEXTUAL.has(parameter.type);
}

function headerParts(approved: EmulatorTemplate, sent: Template): Partial<BubbleParts> | Refusal {
  const header = partOf(approved, "HEADER");
  const parameters = componentOf(sent, "header")?.parameters ?? [];
  if (!header || header.format === "TEXT") {
    const text = fill("header", header?.text ?? "", parameters.filter(isTextual));
    if (isRefusal(text)) return text;
    if (!parameters.every(isTextual)) return { code: 132012, details: "header: Format mismatch, expected TEXT" };
    return text === "" ? {} : { headerText: text };
  }
  const parameter = parameters[0];
  if (parameters.length !== 1 || parameter?.type !== header.format.toLowerCase()) {
    return {
      code: 132012,
      details: `header: Format mismatch, expected ${header.format}, received ${parameter?.type.toUpperCase() ?? "UNKNOWN"}`,
    };
  }
  if (parameter.type === "image") return { media: mediaOf("image", parameter.image) };
  if (parameter.type === "video") return { media: mediaOf("video", parameter.video) };
  return parameter.type === "document" ? { media: mediaOf("document", parameter.document) } : {};
}

function buttonsOf(approved: EmulatorTemplate, sent: Template): readonly BubbleButton[] | Refusal {
  const buttons = partOf(approved, "BUTTONS")?.buttons ?? [];
  const filled = new Map<number, string>();
  for (const component of sent.components ?? []) {
    if (component.type !== "button") continue;
    const index = Number(component.index);
    const kind = buttons[index]?.type;
    if (kind === undefined || (component.sub_type.toLowerCase() === "quick_reply") !== (kind === "QUICK_REPLY")) {
      return { code: 132012, details: `buttons: no button of type ${component.sub_type} at index ${index}` };
    }
    const value = component.parameters[0];
    if (value?.type === "payload" && "payload" in value) filled.set(index, value.payload);
    if (value?.type === "text") filled.set(index, value.text);
  }
  for (const [index, { type, url }] of buttons.entries()) {
    if (type === "URL" && variablesOf(url ?? "").length > 0 && !filled.has(index)) {
      return { code: 132000, details: `buttons: the url of the button at index ${index} needs 1 parameter` };
    }
  }
  return buttons.map(({ type, text, url }, index): BubbleButton => {
    const value = filled.get(index);
    if (type === "QUICK_REPLY") return { kind: "quickReply", id: value ?? text, title: text };
    if (type === "URL")
      return { kind: "url", id: text, title: text, url: (url ?? "").replace(/\{\{.*?\}\}/, value ?? "") };
    if (type === "PHONE_NUMBER") return { kind: "phone", id: text, title: text };
    return { kind: type === "COPY_CODE" ? "copy" : "form", id: value ?? text, title: text };
  });
}

/** The bubble of a template message, or the error that WhatsApp answers with. */
export function templateParts(
  approved: EmulatorTemplate,
  message: Extract<OutgoingMessage, { readonly type: "template" }>,
): BubbleParts | Refusal {
  const sent = message.template;
  const header = headerParts(approved, sent);
  if (isRefusal(header)) return header;
  const body = fill("body", partOf(approved, "BODY")?.text ?? "", componentOf(sent, "body")?.parameters ?? []);
  if (isRefusal(body)) return body;
  const buttons = buttonsOf(approved, sent);
  if (isRefusal(buttons)) return buttons;
  if (codePoints(body) > LIMITS.templateBody.max) {
    return { code: 132005, details: `body: the filled text has more than ${LIMITS.templateBody.max} characters` };
  }
  const footer = partOf(approved, "FOOTER");
  return {
    kind: "template",
    ...header,
    text: body,
    ...(footer ? { footer: footer.text } : {}),
    ...(buttons.length > 0 ? { buttons } : {}),
    template: { name: approved.name, language: approved.language },
  };
}

export { isRefusal };
