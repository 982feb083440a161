/** The inside of a bubble as lines of text, before there is a frame around them. */
import type { Bubble, BubbleButton, BubbleMedia } from "@parley/emulator";
import { wrap } from "./width.ts";

/** What a piece of a bubble is, for whoever gives it a colour. */
export type Role =
  | "text"
  | "title"
  | "footer"
  | "button"
  | "row"
  | "description"
  | "label"
  | "quote"
  | "frame"
  /** The frame of the message that is marked. */
  | "marked"
  | "note"
  | "error";

export type Line =
  | { readonly kind: "text"; readonly text: string; readonly role: Role; readonly align?: "center" }
  | { readonly kind: "rule" };

function lines(text: string, role: Role, width: number, indent = ""): Line[] {
  return wrap(text, width - indent.length).map((line) => ({ kind: "text", text: indent + line, role }));
}

const RULE: Line = { kind: "rule" };

const SIGNS: Readonly<Record<BubbleButton["kind"], string>> = {
  reply: "↩",
  quickReply: "↩",
  url: "↗",
  phone: "✆",
  form: "▤",
  sendLocation: "◎",
  copy: "⧉",
  other: "›",
};

function mediaLine(media: BubbleMedia): string {
  const name = media.filename ?? media.link ?? media.mimeType;
  return name === undefined ? `[${media.kind}]` : `[${media.kind}] ${name}`;
}

function contentLines(bubble: Bubble, width: number): Line[] {
  const { location, contacts, order, products } = bubble;
  const place = location && [location.name, location.address, `${location.latitude}, ${location.longitude}`];
  return [
    ...(bubble.template ? lines(`template ${bubble.template.name}`, "label", width) : []),
    ...(bubble.media ? lines(mediaLine(bubble.media), "label", width) : []),
    ...(bubble.headerText === undefined ? [] : lines(bubble.headerText, "title", width)),
    ...(place ? lines(`[location] ${place.filter((part) => part !== undefined).join(" · ")}`, "label", width) : []),
    ...(contacts ?? []).flatMap((card) => lines(`[contact] ${card.name.formatted_name}`, "label", width)),
    ...(order
      ? order.items.flatMap((item) => lines(`${item.quantity} × ${item.product_retailer_id}`, "row", width))
      : []),
    ...(products ?? []).flatMap((product) => lines(`[product] ${product}`, "label", width)),
    ...(bubble.text === undefined ? [] : lines(bubble.text, "text", width)),
    ...(bubble.footer === undefined ? [] : lines(bubble.footer, "footer", width)),
  ];
}

function buttonLines(buttons: readonly BubbleButton[], width: number): Line[] {
  if (buttons.length === 0) return [];
  const centred = buttons.flatMap(({ kind, title }) =>
    wrap(`${SIGNS[kind]} ${title}`, width).map(
      (text): Line => ({ kind: "text", text, role: "button", align: "center" }),
    ),
  );
  return [RULE, ...centred];
}

function listLines(bubble: Bubble, width: number): Line[] {
  if (bubble.sections === undefined) return [];
  const open: Line[] = wrap(`≡ ${bubble.open ?? ""}`, width).map((text) => ({
    kind: "text",
    text,
    role: "button",
    align: "center",
  }));
  const rows = bubble.sections.flatMap((section) => [
    ...(section.title === undefined ? [] : lines(section.title, "title", width)),
    ...section.rows.flatMap(({ title, description }) => [
      ...lines(`○ ${title}`, "row", width),
      ...(description === undefined ? [] : lines(description, "description", width, "  ")),
    ]),
  ]);
  return [RULE, ...open, RULE, ...rows];
}

function cardLines(bubble: Bubble, width: number): Line[] {
  return (bubble.cards ?? []).flatMap((card) => [
    RULE,
    ...(card.media ? lines(mediaLine(card.media), "label", width) : []),
    ...(card.body === undefined ? [] : lines(card.body, "text", width)),
    ...buttonLines(card.buttons, width).slice(1),
  ]);
}

/** `quoted`: the first words of the message that this one answers, where that is worth showing. */
export function bubbleLines(bubble: Bubble, width: number, quoted?: string): readonly Line[] {
  return [
    ...(quoted === undefined ? [] : lines(`┃ ${quoted}`, "quote", width).slice(0, 1)),
    ...contentLines(bubble, width),
    ...buttonLines(bubble.buttons ?? [], width),
    ...listLines(bubble, width),
    ...cardLines(bubble, width),
    ...(bubble.error ? lines(`✗ ${bubble.error.code} ${bubble.error.title}`, "error", width) : []),
  ];
}
