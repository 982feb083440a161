/** Carousels: P3026, and P3020 for the lines of a card. */
import { LIMITS } from "@parley/whatsapp";
import type { Card, SendKind, TextExpr } from "../syntax/ast.ts";
import { spanOf } from "../text/source.ts";
import { at, type Checked, type Report } from "./program.ts";

type Carousel = Extract<SendKind, { readonly kind: "SendCarousel" }>;

export function carouselsWhole({ nodes }: Checked, report: Report): void {
  for (const { what } of nodes.sends) {
    if (what.kind !== "SendCarousel") continue;
    cardsWithinLimits(what, report);
    cardsAlike(what.cards, report);
    for (const card of what.cards) fewLines(card, report);
  }
}

function cardsWithinLimits(what: Carousel, report: Report): void {
  const { min, max } = LIMITS.carouselCards;
  const count = what.cards.length;
  if (count >= min && count <= max) return;
  const place = what.cards[max] ?? spanOf(what.source, what.start, what.body.start);
  at(report, "P3026", word(place), { problem: "count", count, min, max });
}

/** Each card has one link, and all have what the first has. */
function cardsAlike(cards: readonly Card[], report: Report): void {
  const [first] = cards;
  for (const card of cards) {
    const second = card.links[1];
    if (card.links.length !== 1)
      at(report, "P3026", second ?? word(card), { problem: "links", count: card.links.length });
    if (!first || card === first) continue;
    const related = [{ span: word(first), message: "the first card" }];
    if (card.media !== first.media) {
      at(report, "P3026", word(card), { problem: "media", found: card.media, wanted: first.media }, { related });
    } else if ((card.body === undefined) !== (first.body === undefined)) {
      const problem = card.body ? "text" : "no text";
      at(report, "P3026", card.body ?? word(card), { problem }, { related });
    }
  }
}

/** The first word of a node. */
function word({
  source,
  start,
  end,
}: {
  readonly source: Card["source"];
  readonly start: number;
  readonly end: number;
}): ReturnType<typeof spanOf> {
  const length = /^[a-z]+/.exec(source.text.slice(start, end))?.[0].length ?? end - start;
  return spanOf(source, start, start + length);
}

/** Values are sent on one line, so only what is written counts. */
function fewLines({ body }: Card, report: Report): void {
  const { max } = LIMITS.carouselCardBreaks;
  if (!body || breaksIn(body) <= max) return;
  at(report, "P3020", body, { found: `more than ${max} line breaks`, what: "the text of a card" });
}

function breaksIn({ parts }: TextExpr): number {
  return parts.reduce((sum, part) => sum + (typeof part === "string" ? part.split("\n").length - 1 : 0), 0);
}
