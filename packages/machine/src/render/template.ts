/** Template messages. */
import type {
  BodyComponent,
  ButtonComponent,
  HeaderComponent,
  ProductSection,
  Template,
  TemplateComponent,
  TemplateMessage,
  TextParameter,
} from "@parley/whatsapp";
import { MachineError, StepError } from "../errors.ts";
import type {
  Expr,
  OptionDef,
  TemplateButtonDef,
  TemplateCardDef,
  TemplateDef,
  TemplateMediaDef,
  TemplateOptionDef,
  Value,
} from "../format.ts";
import { localeChain } from "../text/localized.ts";
import { oneLine } from "../text/white-space.ts";
import { isRecord } from "../value/fits.ts";
import { printText } from "./parts.ts";
import type { Scope } from "./scope.ts";

/** A template that is being sent: its parts, and what is given for its parameters. */
interface Sending {
  readonly scope: Scope;
  readonly def: TemplateDef;
  readonly args: readonly Expr[];
  /** Quick replies that answer an ask. */
  readonly options: readonly OptionDef[];
}

function templateOf(scope: Scope, name: string): TemplateDef {
  const def = scope.machine.templates[name];
  if (!def) throw new MachineError(`/templates/${name}`, "there is no such template");
  return def;
}

/** `options`: the quick replies that are answers to an ask; without them WhatsApp sends back their titles. */
export function renderTemplate(
  scope: Scope,
  name: string,
  args: readonly Expr[],
  options: readonly OptionDef[] = [],
): TemplateMessage {
  const def = templateOf(scope, name);
  const sending: Sending = { scope, def, args, options };
  const components: readonly TemplateComponent[] = [
    ...headerOf(sending, def.media, def.header),
    ...bodyOf(sending, def.body),
    ...offerOf(sending),
    ...cardsOf(sending),
    ...buttonsOf(sending, def.buttons ?? [], undefined),
  ];
  const template: Template = { name: def.name, language: { code: languageFor(scope, def) } };
  return { type: "template", template: components.length === 0 ? template : { ...template, components } };
}

function languageFor(scope: Scope, def: TemplateDef): string {
  const chain = localeChain(scope.machine, scope.locale);
  return chain.find((locale) => def.locales.includes(locale)) ?? def.locales[0] ?? scope.locale;
}

// ---------------------------------------------------------------- parameters

function argumentOf({ def, args }: Sending, name: string): Expr {
  const arg = args[Object.keys(def.params).indexOf(name)];
  if (arg === undefined) throw new MachineError(`/templates/${def.name}`, `there is no parameter ${name}`);
  return arg;
}

function textOf(sending: Sending, name: string): string {
  const type = sending.def.params[name];
  if (!type) throw new MachineError(`/templates/${sending.def.name}`, `there is no parameter ${name}`);
  return oneLine(sending.scope.argument(argumentOf(sending, name), type));
}

function textParameters(sending: Sending, names: readonly string[]): readonly TextParameter[] {
  return names.map((name) => {
    const text = textOf(sending, name);
    return sending.def.positional ? { type: "text", text } : { type: "text", parameter_name: name, text };
  });
}

function bodyOf(sending: Sending, names: readonly string[]): readonly BodyComponent[] {
  return names.length === 0 ? [] : [{ type: "body", parameters: textParameters(sending, names) }];
}

// ---------------------------------------------------------------- headers

function headerOf(
  sending: Sending,
  media: TemplateMediaDef | undefined,
  names: readonly string[],
): readonly HeaderComponent[] {
  if (media) return [mediaHeader(sending, media)];
  return names.length === 0 ? [] : [{ type: "header", parameters: textParameters(sending, names) }];
}

function mediaHeader(sending: Sending, media: TemplateMediaDef): HeaderComponent {
  const { scope } = sending;
  switch (media.kind) {
    case "location":
      return { type: "header", parameters: [{ type: "location", location: locationOf(sending, media.param) }] };
    case "product": {
      const product = {
        product_retailer_id: textOf(sending, media.product),
        catalog_id: textOf(sending, media.catalog),
      };
      return { type: "header", parameters: [{ type: "product", product }] };
    }
    case "image":
    case "video":
    case "document": {
      const { ref, name } = scope.media(given(sending, media.value));
      if (media.kind === "image") return { type: "header", parameters: [{ type: "image", image: ref }] };
      if (media.kind === "video") return { type: "header", parameters: [{ type: "video", video: ref }] };
      const document = name === undefined ? ref : { ...ref, filename: name };
      return { type: "header", parameters: [{ type: "document", document }] };
    }
    default:
      return media satisfies never;
  }
}

/** A parameter's argument, or a constant. */
function given(sending: Sending, value: Expr): Expr {
  return Array.isArray(value) && value[0] === "get" ? argumentOf(sending, value[1]) : value;
}

function locationOf(
  sending: Sending,
  param: string,
): { latitude: number | string; longitude: number | string } & Named {
  const { scope } = sending;
  const place = argumentOf(sending, param);
  const value = scope.symbolic ? undefined : scope.value(place);
  const word = (name: string): string | undefined => {
    const text = isRecord(value) ? value[name] : undefined;
    return typeof text === "string" && text !== "" ? text : undefined;
  };
  const [name, address] = [word("name"), word("address")];
  return {
    latitude: scope.degrees(["field", place, "latitude"], 90),
    longitude: scope.degrees(["field", place, "longitude"], 180),
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
  };
}

interface Named {
  readonly name?: string;
  readonly address?: string;
}

// ---------------------------------------------------------------- offers and cards

function offerOf(sending: Sending): readonly TemplateComponent[] {
  const { offer } = sending.def;
  if (offer === undefined) return [];
  const value = sending.scope.value(argumentOf(sending, offer));
  // Where values are not known, their source stands in the payload.
  const limited_time_offer = { expiration_time_ms: value as number };
  return [{ type: "limited_time_offer", parameters: [{ type: "limited_time_offer", limited_time_offer }] }];
}

function cardsOf(sending: Sending): readonly TemplateComponent[] {
  const { cards } = sending.def;
  if (!cards) return [];
  return [
    { type: "carousel", cards: cards.map((card, i) => ({ card_index: i, components: cardParts(sending, card, i) })) },
  ];
}

function cardParts(
  sending: Sending,
  card: TemplateCardDef,
  at: number,
): readonly (HeaderComponent | BodyComponent | ButtonComponent)[] {
  return [...headerOf(sending, card.media, []), ...bodyOf(sending, card.body), ...buttonsOf(sending, card.buttons, at)];
}

// ---------------------------------------------------------------- buttons

/** In the order of the buttons. Buttons of a card carry a payload also where no ask waits. */
function buttonsOf(
  sending: Sending,
  buttons: readonly TemplateButtonDef[],
  card: number | undefined,
): readonly ButtonComponent[] {
  const replies = sending.def.options.flatMap((button, place) =>
    button.card === card ? quickReply(sending, button, button.index ?? place) : [],
  );
  return [...replies, ...buttons.flatMap((button) => buttonPart(sending, button))].sort(
    (a, b) => Number(a.index) - Number(b.index),
  );
}

function quickReply(sending: Sending, button: TemplateOptionDef, index: number): readonly ButtonComponent[] {
  const { scope, options } = sending;
  const answers = options.some((option) => scope.optionId(option.id) === button.id);
  if (!answers && button.card === undefined) return [];
  const payload = answers ? scope.wireId(button.id) : printText(scope, button.title, "line");
  return [
    { type: "button", sub_type: "quick_reply", index: String(index), parameters: [{ type: "payload", payload }] },
  ];
}

/** Nothing for buttons that take no value. */
// One case for each kind of button.
function buttonPart(sending: Sending, button: TemplateButtonDef): readonly ButtonComponent[] {
  const { scope } = sending;
  const type = "button";
  const index = String(button.index);
  switch (button.kind) {
    case "url": {
      if (button.param === undefined) return [];
      const text = textOf(sending, button.param);
      return [
        {
          type,
          sub_type: "url",
          index,
          parameters: [{ type: "text", text: scope.symbolic ? text : encodeURIComponent(text) }],
        },
      ];
    }
    case "otp":
      return [{ type, sub_type: "url", index, parameters: [{ type: "text", text: textOf(sending, button.param) }] }];
    case "copy_code":
      return [
        {
          type,
          sub_type: "copy_code",
          index,
          parameters: [{ type: "coupon_code", coupon_code: textOf(sending, button.param) }],
        },
      ];
    case "catalog": {
      if (!scope.symbolic && scope.value(argumentOf(sending, button.param)) === null) return [];
      const action = { thumbnail_product_retailer_id: textOf(sending, button.param) };
      return [{ type, sub_type: "catalog", index, parameters: [{ type: "action", action }] }];
    }
    case "mpm": {
      const action = {
        thumbnail_product_retailer_id: textOf(sending, button.thumbnail),
        sections: productSections(sending, button.sections),
      };
      return [{ type, sub_type: "mpm", index, parameters: [{ type: "action", action }] }];
    }
    case "flow":
      return [{ type, sub_type: "flow", index, parameters: [{ type: "action", action: {} }] }];
    case "phone":
    case "voice_call":
    case "order_details":
    case "other":
      return [];
    default:
      return button satisfies never;
  }
}

/** A list of `{ title, products }`. */
function productSections(sending: Sending, param: string): readonly ProductSection[] {
  const { scope } = sending;
  if (scope.symbolic) return [{ title: "{title}", product_items: [{ product_retailer_id: "{product}" }] }];
  const value = scope.value(argumentOf(sending, param));
  if (!Array.isArray(value)) throw new StepError("a template without its products");
  return (value as readonly Value[]).flatMap((section) => {
    if (!isRecord(section)) return [];
    const { title, products } = section as { readonly title?: unknown; readonly products?: unknown };
    const items = Array.isArray(products) ? products : [];
    return [{ title: String(title), product_items: items.map((id) => ({ product_retailer_id: String(id) })) }];
  });
}
