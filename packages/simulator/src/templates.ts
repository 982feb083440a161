/** The templates of a machine as the Graph API would list them. */
import type { EmulatorTemplate, TemplateButton, TemplatePart } from "@parley/emulator";
import type { Machine, Template, TemplateButtonDef, TemplateDef, TemplateMediaDef } from "@parley/machine";

const CATEGORIES = { utility: "UTILITY", marketing: "MARKETING", authentication: "AUTHENTICATION" } as const;

interface Listing {
  readonly machine: Machine;
  readonly def: TemplateDef;
  readonly locale: string;
}

/** Literal pieces, and for each hole its variable: the parameter's name, or its place among `names`. */
function textOf({ def }: Listing, template: Template, names: readonly string[]): string {
  return template
    .map((piece) => {
      if (typeof piece === "string") return piece;
      const name = Array.isArray(piece.e) && piece.e[0] === "get" ? String(piece.e[1]) : piece.source;
      return variable(def, name, names);
    })
    .join("");
}

function variable({ positional }: TemplateDef, name: string, names: readonly string[]): string {
  return `{{${positional ? names.indexOf(name) + 1 : name}}}`;
}

/** What stands for a text that the machine does not have: its parameters. */
function standIn(def: TemplateDef, names: readonly string[]): string {
  return names.map((name) => variable(def, name, names)).join(", ");
}

function written(listing: Listing, key: string | undefined, names: readonly string[]): string | undefined {
  const { machine, locale } = listing;
  const localized = key === undefined ? undefined : machine.texts[key];
  const template = localized?.[locale] ?? localized?.[machine.locales.default];
  return template && textOf(listing, template, names);
}

function headerOf(listing: Listing): TemplatePart | undefined {
  const { def } = listing;
  if (def.media) return mediaPart(def.media);
  const text = written(listing, def.texts?.header, def.header) ?? standIn(def, def.header);
  return text === "" ? undefined : { type: "HEADER", format: "TEXT", text };
}

function mediaPart({ kind }: TemplateMediaDef): TemplatePart & { readonly type: "HEADER" } {
  return { type: "HEADER", format: kind.toUpperCase() as Uppercase<typeof kind> };
}

const KINDS = {
  url: "URL",
  phone: "PHONE_NUMBER",
  copy_code: "COPY_CODE",
  otp: "OTP",
  catalog: "CATALOG",
  mpm: "MPM",
  flow: "FLOW",
  voice_call: "VOICE_CALL",
  order_details: "ORDER_DETAILS",
  other: "REQUEST_CONTACT_INFO",
} as const satisfies Readonly<Record<TemplateButtonDef["kind"], TemplateButton["type"]>>;

/** All buttons in their order; of the template itself, or of one of its cards. */
function buttonsOf(
  listing: Listing,
  others: readonly TemplateButtonDef[],
  card: number | undefined,
): readonly TemplateButton[] {
  const replies = listing.def.options.flatMap(({ id, title, index, card: of }, place) =>
    of === card
      ? [{ index: index ?? place, button: { type: "QUICK_REPLY" as const, text: written(listing, title, []) ?? id } }]
      : [],
  );
  const rest = others.map((button) => ({ index: button.index, button: buttonOf(listing, button) }));
  return [...replies, ...rest].sort((a, b) => a.index - b.index).map(({ button }) => button);
}

function buttonOf(listing: Listing, button: TemplateButtonDef): TemplateButton {
  const text = written(listing, button.title, []) ?? button.kind;
  const type = KINDS[button.kind];
  if (button.kind === "phone") return { type, text, phone_number: button.phone };
  if (button.kind !== "url") return { type, text };
  const url = button.url.map((piece) => (typeof piece === "string" ? piece : "{{1}}")).join("");
  return { type, text, url };
}

function carouselOf(listing: Listing): TemplatePart | undefined {
  const { cards } = listing.def;
  if (!cards) return undefined;
  return {
    type: "CAROUSEL",
    cards: cards.map((card, i) => {
      const buttons = buttonsOf(listing, card.buttons, i);
      const text = written(listing, card.text, card.body) ?? standIn(listing.def, card.body);
      return {
        components: [
          ...(card.media ? [mediaPart(card.media)] : []),
          ...(text === "" ? [] : [{ type: "BODY", text } as const]),
          ...(buttons.length === 0 ? [] : [{ type: "BUTTONS", buttons } as const]),
        ],
      };
    }),
  };
}

function partsOf(listing: Listing): readonly TemplatePart[] {
  const { def } = listing;
  const header = headerOf(listing);
  const body =
    written(listing, def.texts?.body, def.body) ??
    [def.name, standIn(def, def.body)].filter((part) => part !== "").join(": ");
  const footer = written(listing, def.texts?.footer, []);
  const buttons = buttonsOf(listing, def.buttons ?? [], undefined);
  const carousel = carouselOf(listing);
  return [
    ...(header ? [header] : []),
    { type: "BODY", text: body },
    ...(def.offer === undefined
      ? []
      : [{ type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Limited offer", has_expiration: true } } as const]),
    ...(footer === undefined ? [] : [{ type: "FOOTER", text: footer } as const]),
    ...(buttons.length === 0 ? [] : [{ type: "BUTTONS", buttons } as const]),
    ...(carousel ? [carousel] : []),
  ];
}

/** The templates that a machine sends, approved, in each of their locales. */
export function templatesOf(machine: Machine): readonly EmulatorTemplate[] {
  return Object.values(machine.templates).flatMap((def) =>
    def.locales.map((language) => ({
      name: def.name,
      language,
      category: CATEGORIES[def.category],
      components: partsOf({ machine, def, locale: language }),
    })),
  );
}
