/** The rules that hold between a template message and the approved template, and what the user then sees. */
import {
  codePoints,
  type HeaderParameter,
  LIMITS,
  type OutgoingMessage,
  type Template,
  type TextualParameter,
} from "@parley/whatsapp";
import type { BubbleButton, BubbleCard } from "../bubble.ts";
import type { Context } from "../context.ts";
import { type BubbleParts, locationOf, mediaOf } from "../phone/outgoing.ts";
import type { RuleName } from "../rules.ts";
import type { EmulatorTemplate, TemplateButton, TemplatePart } from "../types.ts";

export interface Refusal {
  readonly rule: RuleName;
  readonly details: string;
}

type Components = NonNullable<Template["components"]>;
type Component = Components[number];

export function templateKey(name: string, language: string): string {
  return `${name}:${language}`;
}

const STATUS_RULES = { PAUSED: "template-is-not-paused", DISABLED: "template-is-not-disabled" } as const;

/** The approved template that the message names, or why there is none. */
export function findTemplate(ctx: Context, template: Template): EmulatorTemplate | Refusal {
  const { name, language } = template;
  const found = ctx.templates.get(templateKey(name, language.code));
  const status = found?.status ?? "APPROVED";
  if (!found || status === "PENDING" || status === "REJECTED") {
    return { rule: "template-is-known", details: `template name (${name}) does not exist in ${language.code}` };
  }
  if (status === "APPROVED") return found;
  return { rule: STATUS_RULES[status], details: `template (${name}) is ${status.toLowerCase()}` };
}

type Parts = readonly TemplatePart[];

function partOf<T extends TemplatePart["type"]>(
  parts: Parts,
  type: T,
): Extract<TemplatePart, { readonly type: T }> | undefined {
  return parts.find((part): part is Extract<TemplatePart, { readonly type: T }> => part.type === type);
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
      rule: "template-parameters-are-complete",
      details: `${where}: number of localizable_params (${parameters.length}) does not match the expected number of params (${variables.length})`,
    };
  }
  const named = variables.some((variable) => !/^[0-9]+$/.test(variable));
  const values = new Map<string, string>();
  for (const [i, parameter] of parameters.entries()) {
    const name = named ? parameter.parameter_name : String(i + 1);
    if (name === undefined || !variables.includes(name) || (!named && parameter.parameter_name !== undefined)) {
      return {
        rule: "template-parameters-fit",
        details: `${where}: parameter ${i + 1} does not fit the variables ${variables.join(", ")}`,
      };
    }
    values.set(name, shown(parameter));
  }
  return text.replace(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g, (_, name: string) => values.get(name) ?? "");
}

function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "rule" in value && "details" in value;
}

function componentOf<T extends Component["type"]>(
  sent: Components,
  type: T,
): Extract<Component, { readonly type: T }> | undefined {
  return sent.find((part): part is Extract<Component, { readonly type: T }> => part.type === type);
}

const TEXTUAL: ReadonlySet<string> = new Set(["text", "currency", "date_time"]);

function isTextual(parameter: { readonly type: string }): parameter is TextualParameter {
  return TEXTUAL.has(parameter.type);
}

type Shown = Pick<BubbleParts, "headerText" | "media" | "location" | "products">;

function headerParts(approved: Parts, sent: Components): Shown | Refusal {
  const header = partOf(approved, "HEADER");
  const parameters = componentOf(sent, "header")?.parameters ?? [];
  if (!header || header.format === "TEXT") {
    const text = fill("header", header?.text ?? "", parameters.filter(isTextual));
    if (isRefusal(text)) return text;
    if (!parameters.every(isTextual))
      return { rule: "template-parameters-fit", details: "header: Format mismatch, expected TEXT" };
    return text === "" ? {} : { headerText: text };
  }
  const parameter = parameters[0];
  if (parameters.length !== 1 || parameter?.type !== header.format.toLowerCase()) {
    return {
      rule: "template-parameters-fit",
      details: `header: Format mismatch, expected ${header.format}, received ${parameter?.type.toUpperCase() ?? "UNKNOWN"}`,
    };
  }
  return shownHeader(parameter);
}

function shownHeader(parameter: HeaderParameter): Shown {
  switch (parameter.type) {
    case "image":
      return { media: mediaOf("image", parameter.image) };
    case "video":
      return { media: mediaOf("video", parameter.video) };
    case "gif":
      return { media: mediaOf("video", parameter.gif) };
    case "document":
      return { media: mediaOf("document", parameter.document) };
    case "location":
      return { location: locationOf(parameter.location) };
    case "product":
      return { products: [parameter.product.product_retailer_id] };
    default:
      return {};
  }
}

// ---------------------------------------------------------------- buttons

type Kind = TemplateButton["type"];

/** What a component for a button of each kind is called, and whether WhatsApp insists on one. */
const SENT_AS: Readonly<Record<Kind, { readonly subType: string; readonly needed: boolean } | undefined>> = {
  QUICK_REPLY: { subType: "quick_reply", needed: false },
  URL: { subType: "url", needed: false },
  OTP: { subType: "url", needed: true },
  COPY_CODE: { subType: "copy_code", needed: true },
  FLOW: { subType: "flow", needed: true },
  CATALOG: { subType: "catalog", needed: false },
  MPM: { subType: "mpm", needed: true },
  ORDER_DETAILS: { subType: "order_details", needed: true },
  VOICE_CALL: { subType: "voice_call", needed: false },
  PHONE_NUMBER: undefined,
  SPM: undefined,
  CALL_PERMISSION_REQUEST: undefined,
  REQUEST_CONTACT_INFO: undefined,
};

/** The titles of buttons whose text is WhatsApp's own. */
const FIXED: Readonly<Partial<Record<Kind, string>>> = {
  COPY_CODE: "Copy offer code",
  OTP: "Copy code",
  CATALOG: "View catalog",
  SPM: "View",
  CALL_PERMISSION_REQUEST: "Choose preference",
  REQUEST_CONTACT_INFO: "Share contact info",
};

const BUBBLES: Readonly<Record<Kind, BubbleButton["kind"]>> = {
  QUICK_REPLY: "quickReply",
  URL: "url",
  PHONE_NUMBER: "phone",
  VOICE_CALL: "phone",
  COPY_CODE: "copy",
  OTP: "copy",
  FLOW: "form",
  CATALOG: "other",
  MPM: "other",
  SPM: "other",
  ORDER_DETAILS: "other",
  CALL_PERMISSION_REQUEST: "other",
  REQUEST_CONTACT_INFO: "other",
};

function needsValue({ type, url }: TemplateButton): boolean {
  return type === "URL" ? variablesOf(url ?? "").length > 0 : (SENT_AS[type]?.needed ?? false);
}

function buttonsOf(approved: Parts, sent: Components): readonly BubbleButton[] | Refusal {
  const buttons = partOf(approved, "BUTTONS")?.buttons ?? [];
  const filled = new Map<number, string>();
  for (const component of sent) {
    if (component.type !== "button") continue;
    const index = Number(component.index);
    const kind = buttons[index]?.type;
    const subType = component.sub_type.toLowerCase();
    if (kind === undefined || SENT_AS[kind]?.subType !== subType) {
      return {
        rule: "template-parameters-fit",
        details: `buttons: no button of type ${component.sub_type} at index ${index}`,
      };
    }
    filled.set(index, valueIn(component));
  }
  for (const [index, button] of buttons.entries()) {
    if (!needsValue(button) || filled.has(index)) continue;
    return button.type === "URL"
      ? {
          rule: "template-parameters-are-complete",
          details: `buttons: the url of the button at index ${index} needs 1 parameter`,
        }
      : {
          rule: "template-buttons-are-filled",
          details: `buttons: Button at index ${index} of type ${button.type} requires a parameter`,
        };
  }
  return buttons.map((button, index) => bubbleButton(button, filled.get(index)));
}

function valueIn(component: Extract<Component, { readonly type: "button" }>): string {
  for (const parameter of component.parameters) {
    if (parameter.type === "payload") return parameter.payload;
    if (parameter.type === "text") return parameter.text;
    if (parameter.type === "coupon_code") return parameter.coupon_code;
    if (parameter.type === "action" && "flow_token" in parameter.action) return parameter.action.flow_token ?? "unused";
  }
  return component.sub_type.toLowerCase() === "flow" ? "unused" : "";
}

function bubbleButton(button: TemplateButton, value: string | undefined): BubbleButton {
  const title = button.text ?? FIXED[button.type] ?? button.type;
  const kind = BUBBLES[button.type];
  if (button.type !== "URL") return { kind, id: value ?? title, title };
  return { kind, id: title, title, url: (button.url ?? "").replace(/\{\{.*?\}\}/, () => value ?? "") };
}

// ---------------------------------------------------------------- the whole

function offerText(approved: Parts, sent: Components): string | undefined | Refusal {
  const offer = partOf(approved, "LIMITED_TIME_OFFER");
  const given = componentOf(sent, "limited_time_offer");
  if (offer?.limited_time_offer.has_expiration && !given) {
    return {
      rule: "template-parameters-fit",
      details: "limited_time_offer: the time at which the offer ends is missing",
    };
  }
  return offer?.limited_time_offer.text;
}

function cardsOf(approved: Parts, sent: Components): readonly BubbleCard[] | undefined | Refusal {
  const carousel = partOf(approved, "CAROUSEL");
  const given = componentOf(sent, "carousel")?.cards ?? [];
  if (!carousel)
    return given.length === 0
      ? undefined
      : { rule: "template-parameters-fit", details: "carousel: the template has none" };
  if (given.length !== carousel.cards.length) {
    return {
      rule: "template-parameters-fit",
      details: `carousel: number of cards (${given.length}) does not match the expected number (${carousel.cards.length})`,
    };
  }
  const cards: BubbleCard[] = [];
  for (const [i, { components }] of carousel.cards.entries()) {
    const card = cardOf(components, given.find(({ card_index }) => card_index === i)?.components ?? []);
    if (isRefusal(card)) return card;
    cards.push(card);
  }
  return cards;
}

function cardOf(approved: Parts, sent: Components): BubbleCard | Refusal {
  const header = headerParts(approved, sent);
  if (isRefusal(header)) return header;
  const body = fill("body", partOf(approved, "BODY")?.text ?? "", componentOf(sent, "body")?.parameters ?? []);
  if (isRefusal(body)) return body;
  const buttons = buttonsOf(approved, sent);
  if (isRefusal(buttons)) return buttons;
  return { ...(header.media ? { media: header.media } : {}), ...(body === "" ? {} : { body }), buttons };
}

/** What WhatsApp writes into authentication templates, where the definition leaves it out. */
const CODE_TEXT = "*{{1}}* is your verification code.";

function bodyText(approved: EmulatorTemplate): string {
  return partOf(approved.components, "BODY")?.text ?? (approved.category === "AUTHENTICATION" ? CODE_TEXT : "");
}

/** The bubble of a template message, or the error that WhatsApp answers with. */
export function templateParts(
  approved: EmulatorTemplate,
  message: Extract<OutgoingMessage, { readonly type: "template" }>,
): BubbleParts | Refusal {
  const sent = message.template.components ?? [];
  const { components } = approved;
  const header = headerParts(components, sent);
  if (isRefusal(header)) return header;
  const filled = fill("body", bodyText(approved), componentOf(sent, "body")?.parameters ?? []);
  if (isRefusal(filled)) return filled;
  const offer = offerText(components, sent);
  if (isRefusal(offer)) return offer;
  const buttons = buttonsOf(components, sent);
  if (isRefusal(buttons)) return buttons;
  const cards = cardsOf(components, sent);
  if (isRefusal(cards)) return cards;
  if (codePoints(filled) > LIMITS.templateBody.max) {
    return {
      rule: "template-fits-when-filled",
      details: `body: the filled text has more than ${LIMITS.templateBody.max} characters`,
    };
  }
  const footer = partOf(components, "FOOTER")?.text;
  return {
    kind: "template",
    ...header,
    text: [offer, filled].filter((part) => part !== undefined && part !== "").join("\n\n"),
    ...(footer === undefined ? {} : { footer }),
    ...(buttons.length > 0 ? { buttons } : {}),
    ...(cards ? { cards } : {}),
    template: { name: approved.name, language: approved.language },
  };
}

export { isRefusal };
