/** One template in one language, as the Graph API lists it. */
import { codePoints, LIMITS } from "@parley/whatsapp";
import { type Building, param, reason } from "./building.ts";
import { passwordOf, readButtons } from "./buttons.ts";
import {
  type ListedButton,
  type ListedCard,
  type ListedCategory,
  type ListedMedia,
  type ListedParam,
  type ListedShape,
  type ListedTexts,
  variablesOf,
} from "./listed.ts";
import { type At, field, listOf, maybeText, type Reading, textOf, wrong } from "./read.ts";

export interface Entry {
  readonly at: At;
  readonly name: string;
  readonly language: string;
  readonly category: ListedCategory;
  /** Of a template without one: it is taken to be approved. */
  readonly status: string;
  /** Why it was refused, where the file says so. */
  readonly refusal: string | undefined;
  readonly problem: string | undefined;
  readonly params: readonly ListedParam[];
  readonly positional: boolean;
  readonly shape: ListedShape;
  readonly texts: ListedTexts;
}

const CATEGORIES: Readonly<Record<string, ListedCategory>> = {
  UTILITY: "utility",
  MARKETING: "marketing",
  AUTHENTICATION: "authentication",
};

/** `undefined`, with what is wrong reported, where it is no template at all. */
export function readEntry(r: Reading, at: At): Entry | undefined {
  const before = r.problems.length;
  const name = textOf(r, field(at, "name"));
  const language = textOf(r, field(at, "language"));
  const written = textOf(r, field(at, "category"));
  const category = written === undefined ? undefined : CATEGORIES[written.toUpperCase()];
  if (written !== undefined && !category) {
    wrong(
      r,
      field(at, "category"),
      `there is no category \`${written}\`; there are \`UTILITY\`, \`MARKETING\` and \`AUTHENTICATION\``,
    );
  }
  const components = listOf(r, field(at, "components"));
  const status = maybeText(r, field(at, "status"))?.toUpperCase() ?? "APPROVED";
  const refusal = maybeText(r, field(at, "rejected_reason"));
  if (name === undefined || language === undefined || !category || !components) return undefined;
  const b: Building = { r, category, params: [], ids: new Set(), positional: undefined, problem: undefined };
  const { shape, texts } = readParts(b, components);
  if (r.problems.length > before) return undefined;
  const { params, problem, positional = false } = b;
  return {
    at: field(at, "name"),
    name,
    language,
    category,
    status,
    refusal: refusal === "NONE" ? undefined : refusal,
    problem,
    params,
    positional,
    shape,
    texts,
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Parts {
  readonly shape: Mutable<ListedShape>;
  readonly texts: Mutable<ListedTexts>;
}

/** Header, body, offer, buttons, cards: the order of the parameters, whatever that of the file. */
const ORDER = ["HEADER", "BODY", "LIMITED_TIME_OFFER", "FOOTER", "BUTTONS", "CAROUSEL"];

function readParts(b: Building, components: readonly At[]): Parts {
  const typed = components.map((at) => ({ at, type: textOf(b.r, field(at, "type"))?.toUpperCase() ?? "" }));
  const parts: Parts = { shape: { header: [], body: [], buttons: [] }, texts: { buttons: [], cards: [] } };
  for (const { type } of typed) {
    if (type !== "" && !ORDER.includes(type))
      reason(b, `it has a part of the kind \`${type}\`, which the bot cannot fill`);
  }
  for (const type of ORDER) for (const one of typed) if (one.type === type) readPart(b, type, one.at, parts);
  return parts;
}

function readPart(b: Building, type: string, at: At, { shape, texts }: Parts): void {
  switch (type) {
    case "HEADER":
      return readHeader(b, at, shape, texts);
    case "BODY": {
      const text = maybeText(b.r, field(at, "text"));
      if (text !== undefined) texts.body = text;
      if (b.category === "authentication") b.positional = true;
      shape.body =
        b.category === "authentication" ? [passwordOf(b)] : variables(b, text ?? "", "body", LIMITS.templateBody.max);
      return;
    }
    case "LIMITED_TIME_OFFER": {
      const ends = maybeText(b.r, field(field(at, "limited_time_offer"), "has_expiration"));
      if (ends === "true") shape.offer = param(b, "expires", { kind: "moment" });
      return;
    }
    case "FOOTER": {
      const text = maybeText(b.r, field(at, "text"));
      if (text !== undefined) texts.footer = text;
      return;
    }
    case "BUTTONS": {
      const { buttons, titles } = readButtons(b, listOf(b.r, field(at, "buttons")) ?? [], "");
      shape.buttons = buttons;
      texts.buttons = titles;
      return;
    }
    default:
      readCards(b, listOf(b.r, field(at, "cards")) ?? [], shape, texts);
  }
}

function readHeader(b: Building, at: At, shape: Mutable<ListedShape>, texts: Mutable<ListedTexts>): void {
  const format = textOf(b.r, field(at, "format"))?.toUpperCase();
  if (format === "TEXT") {
    const text = textOf(b.r, field(at, "text")) ?? "";
    texts.header = text;
    shape.header = variables(b, text, "header", LIMITS.templateHeader.max);
  } else if (format !== undefined) {
    const media = mediaOf(b, format, "");
    if (media) shape.media = media;
  }
}

function mediaOf(b: Building, format: string, prefix: string): ListedMedia | undefined {
  switch (format) {
    case "IMAGE":
    case "VIDEO":
    case "DOCUMENT": {
      const kind = format === "IMAGE" ? "image" : format === "VIDEO" ? "video" : "document";
      return { kind, param: param(b, `${prefix}${kind}`, { kind: "media" }) };
    }
    case "LOCATION":
      return { kind: "location", param: param(b, `${prefix}place`, { kind: "location" }) };
    case "PRODUCT":
      return {
        kind: "product",
        product: param(b, `${prefix}product`, { kind: "text", max: 100 }),
        catalog: param(b, `${prefix}catalog`, { kind: "text", max: 100 }),
      };
    default:
      reason(b, `it has a header of the kind \`${format}\`, which the bot cannot fill`);
      return undefined;
  }
}

/**
 * The parameters of a text: named ones as they are called, others `body_1`, `body_2`, …. What the limit leaves beside the
 * written text is shared among them, so that no values are refused for their length (error 132005).
 */
function variables(b: Building, text: string, part: string, limit: number): readonly string[] {
  const names = variablesOf(text);
  if (names.length === 0) return [];
  const numbers = names.filter((name) => /^[0-9]+$/.test(name)).length;
  const positional = numbers > 0;
  const mixed = (positional && numbers < names.length) || (b.positional !== undefined && b.positional !== positional);
  if (mixed) reason(b, "some of its variables are numbers and some are names");
  b.positional = positional;
  const written = codePoints(text.replace(/\{\{.*?\}\}/g, ""));
  const uses = text.match(/\{\{.*?\}\}/g)?.length ?? names.length;
  const max = Math.max(1, Math.floor((limit - written) / uses));
  const sorted = positional ? names.toSorted((a, z) => Number(a) - Number(z)) : names;
  return sorted.map((name) => named(b, positional ? `${part}_${name}` : name, max));
}

/** One name in header and body is one parameter. */
function named(b: Building, name: string, max: number): string {
  const known = b.params.find((one) => one.name === name);
  if (!known) return param(b, name, { kind: "text", max });
  if (known.type.kind === "text" && known.type.max > max) {
    b.params[b.params.indexOf(known)] = { name, type: { kind: "text", max } };
  }
  return name;
}

// ---------------------------------------------------------------- cards

function readCards(b: Building, items: readonly At[], shape: Mutable<ListedShape>, texts: Mutable<ListedTexts>): void {
  const read = items.map((item, i) => readCard(b, listOf(b.r, field(item, "components")) ?? [], `card${i + 1}_`));
  shape.cards = read.map(({ card }) => card);
  texts.cards = read.map(({ words }) => words);
}

function readCard(
  b: Building,
  components: readonly At[],
  prefix: string,
): { readonly card: ListedCard; readonly words: ListedTexts["cards"][number] } {
  const card: Mutable<ListedCard> = { body: [], buttons: [] as readonly ListedButton[] };
  const words: Mutable<ListedTexts["cards"][number]> = { buttons: [] };
  for (const at of components) {
    const type = textOf(b.r, field(at, "type"))?.toUpperCase();
    if (type === "HEADER") {
      const media = mediaOf(b, textOf(b.r, field(at, "format"))?.toUpperCase() ?? "", prefix);
      if (media) card.media = media;
    } else if (type === "BODY") {
      words.body = textOf(b.r, field(at, "text")) ?? "";
      card.body = variables(b, words.body, `${prefix}body`, LIMITS.templateCardBody.max);
    } else if (type === "BUTTONS") {
      const { buttons, titles } = readButtons(b, listOf(b.r, field(at, "buttons")) ?? [], prefix);
      card.buttons = buttons;
      words.buttons = titles;
    } else if (type !== undefined) reason(b, `a card has a part of the kind \`${type}\``);
  }
  return { card, words };
}
