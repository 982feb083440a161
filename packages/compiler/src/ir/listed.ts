/** Listed templates: their texts come in the languages of the file, and nobody translates them here. */
import type { Template, TemplateButtonDef, TemplateDef, TemplateMediaDef, TextKey } from "@parley/machine";
import {
  type ListedButton,
  type ListedMedia,
  type ListedTemplate,
  type ListedTexts,
  piecesOf,
} from "../project/listed/listed.ts";
import type { TemplateDecl } from "../syntax/ast.ts";
import { paramTypes } from "./declarations.ts";
import type { Lowering } from "./lowering.ts";
import { templateOptionKey } from "./options.ts";

type Words = (texts: ListedTexts) => string | undefined;

export function lowerListed(l: Lowering, decl: TemplateDecl, listed: ListedTemplate): TemplateDef {
  const { name, category, languages, positional, shape } = listed;
  const text = (part: string, params: readonly string[], words: Words): TextKey | undefined =>
    addListed(l, listed, `templates.${name}.${part}`, params, words);
  const header = text("header", shape.header, (words) => words.header);
  const body = text("body", shape.body, (words) => words.body);
  const footer = text("footer", [], (words) => words.footer);
  const own = lowerButtons(l, listed, shape.buttons, undefined);
  const cards = shape.cards?.map((card, i) => {
    const cardText = text(`card${i + 1}.body`, card.body, (words) => words.cards[i]?.body);
    const { options, buttons } = lowerButtons(l, listed, card.buttons, i);
    const media = card.media ? { media: lowerMedia(card.media) } : {};
    return {
      options,
      card: { ...media, body: card.body, buttons, ...(cardText === undefined ? {} : { text: cardText }) },
    };
  });
  return {
    name,
    category,
    locales: languages,
    params: paramTypes(l, decl.params),
    ...(positional ? { positional } : {}),
    header: shape.header,
    body: shape.body,
    ...(shape.media ? { media: lowerMedia(shape.media) } : {}),
    ...(shape.offer === undefined ? {} : { offer: shape.offer }),
    ...(cards ? { cards: cards.map(({ card }) => card) } : {}),
    options: [...own.options, ...(cards ?? []).flatMap(({ options }) => options)],
    ...(own.buttons.length > 0 ? { buttons: own.buttons } : {}),
    texts: {
      ...(header === undefined ? {} : { header }),
      ...(body === undefined ? {} : { body }),
      ...(footer === undefined ? {} : { footer }),
    },
  };
}

function lowerMedia(media: ListedMedia): TemplateMediaDef {
  switch (media.kind) {
    case "image":
    case "video":
    case "document":
      return { kind: media.kind, value: ["get", media.param] };
    case "location":
    case "product":
      return media as TemplateMediaDef;
    default:
      return media satisfies never;
  }
}

interface Buttons {
  readonly options: TemplateDef["options"];
  readonly buttons: readonly TemplateButtonDef[];
}

function lowerButtons(
  l: Lowering,
  listed: ListedTemplate,
  list: readonly ListedButton[],
  card: number | undefined,
): Buttons {
  const options: TemplateDef["options"][number][] = [];
  const buttons: TemplateButtonDef[] = [];
  const prefix = card === undefined ? "" : `card${card + 1}.`;
  for (const [index, button] of list.entries()) {
    const titles: Words = (words) => (card === undefined ? words.buttons : words.cards[card]?.buttons)?.[index];
    if (button.kind === "reply") {
      const title = addListed(l, listed, templateOptionKey(listed.name, button.id), [], titles) ?? button.id;
      options.push({ id: button.id, title, index, ...(card === undefined ? {} : { card }) });
      continue;
    }
    const key = `templates.${listed.name}.${prefix}button${index + 1}`;
    const title = addListed(l, listed, key, [], titles) ?? key;
    buttons.push(lowerButton(button, index, title));
  }
  return { options, buttons };
}

function lowerButton(
  button: Exclude<ListedButton, { kind: "reply" }>,
  index: number,
  title: TextKey,
): TemplateButtonDef {
  if (button.kind !== "url") return { ...button, index, title };
  const { kind, url, param } = button;
  if (param === undefined) return { kind, index, title, url: [url] };
  return { kind, index, title, url: [...(url === "" ? [] : [url]), hole(param)], param };
}

/** A text in all languages; in the default one there is always some. Nothing where there is no such text at all. */
function addListed(
  l: Lowering,
  { texts }: ListedTemplate,
  key: TextKey,
  params: readonly string[],
  words: Words,
): TextKey | undefined {
  const localized: Record<string, Template> = {};
  let any: Template | undefined;
  for (const [language, all] of texts) {
    const text = words(all);
    if (text === undefined) continue;
    const template = templateOf(text, params);
    localized[language] = template;
    any ??= template;
  }
  if (!any) return undefined;
  const { default: last } = l.settings.locales;
  localized[last] ??= any;
  l.texts.set(key, localized);
  return key;
}

/** `{{1}}` is the first of the parameters, `{{name}}` the one of that name. */
function templateOf(text: string, params: readonly string[]): Template {
  return piecesOf(text).flatMap((piece, i): Template => {
    if (i % 2 === 0) return piece === "" ? [] : [piece];
    return [hole(/^[0-9]+$/.test(piece) ? numbered(params, piece) : piece)];
  });
}

function numbered(params: readonly string[], piece: string): string {
  return params.find((name) => name.endsWith(`_${piece}`)) ?? params[Number(piece) - 1] ?? piece;
}

function hole(param: string): Template[number] {
  return { e: ["get", param], source: `{${param}}`, as: "text" };
}
