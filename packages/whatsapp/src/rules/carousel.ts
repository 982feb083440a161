import { LIMITS } from "../limits.ts";
import type { MediaCard, ProductCard } from "../messages.ts";
import { INVALID_VALUE } from "../validate/codes.ts";
import { type Finding, type RulesByKind, repeats } from "./rule.ts";

type Card = MediaCard | ProductCard;

/** Findings for the cards that differ from the first in what `of` says. */
function different(cards: readonly Card[], part: string, of: (card: Card) => unknown, details: string): Finding[] {
  const [first] = cards;
  if (!first) return [];
  return cards.flatMap((card, i) => (of(card) === of(first) ? [] : [{ path: `/action/cards/${i}${part}`, details }]));
}

function buttonsOf(card: Card): string {
  if (card.type === "product") return "product";
  return card.action.buttons ? `${card.action.buttons.length} quick replies` : "url";
}

function catalogOf(card: Card): string {
  return card.type === "product" ? card.action.catalog_id : "";
}

function headerOf(card: Card): string {
  return card.type === "product" ? "" : card.header.type;
}

function repeatedReplies(cards: readonly Card[], key: "id" | "title", details: string): readonly Finding[] {
  return cards.flatMap((card, i) =>
    card.type === "product" || !card.action.buttons
      ? []
      : repeats(
          card.action.buttons.map((button) => button.quick_reply[key]),
          (j) => `/action/cards/${i}/action/buttons/${j}/quick_reply/${key}`,
          details,
        ),
  );
}

function lineBreaks(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}

export const CAROUSEL_RULES: RulesByKind = {
  "interactive.carousel": [
    {
      name: "card-indexes-are-unique",
      code: INVALID_VALUE,
      check: ({ action }) =>
        repeats(
          action.cards.map((card) => card.card_index),
          (i) => `/action/cards/${i}/card_index`,
          "Cards card_index must be unique",
        ),
    },
    {
      name: "cards-are-of-one-kind",
      code: INVALID_VALUE,
      check: ({ action }) =>
        different(action.cards, "/type", (card) => card.type, "All cards must be of the same type."),
    },
    {
      name: "cards-have-the-same-buttons",
      code: INVALID_VALUE,
      check: ({ action }) => {
        if (action.cards.some((card) => card.type === "product")) return [];
        return different(
          action.cards,
          "/action",
          buttonsOf,
          "All cards must have the same kind and number of buttons.",
        );
      },
    },
    {
      name: "cards-are-of-one-catalog",
      code: INVALID_VALUE,
      check: ({ action }) => {
        if (action.cards.some((card) => card.type !== "product")) return [];
        return different(action.cards, "/action/catalog_id", catalogOf, "All cards must be of the same catalog.");
      },
    },
    {
      name: "card-body-breaks-are-within-limit",
      code: INVALID_VALUE,
      check: ({ action }) =>
        action.cards.flatMap((card, i) =>
          card.type === "cta_url" && card.body && lineBreaks(card.body.text) > LIMITS.carouselCardBreaks.max
            ? [
                {
                  path: `/action/cards/${i}/body/text`,
                  details: `Max allowed line breaks in a card: ${LIMITS.carouselCardBreaks.max}`,
                },
              ]
            : [],
        ),
    },
    {
      name: "card-button-ids-are-unique",
      code: INVALID_VALUE,
      check: ({ action }) => repeatedReplies(action.cards, "id", "Buttons ids must be unique"),
    },
    {
      name: "card-button-titles-are-unique",
      code: INVALID_VALUE,
      check: ({ action }) => repeatedReplies(action.cards, "title", "Buttons titles must be unique"),
    },
    {
      name: "cards-have-the-same-header",
      check: ({ action }) =>
        different(action.cards, "/header", headerOf, "An older edition of the page asks for one type of header."),
    },
  ],
};
