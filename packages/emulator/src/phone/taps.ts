import type { InboundContent } from "@parley/whatsapp";
import type { Bubble } from "../bubble.ts";

/** Something in a message that answers when tapped. */
export interface Option {
  readonly kind: "button" | "row" | "quickReply";
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

/** What can be tapped in this message, in the order shown. Links and the like open something on the phone and answer nothing. */
export function optionsOf(bubble: Bubble): readonly Option[] {
  const buttons = [...(bubble.buttons ?? []), ...(bubble.cards ?? []).flatMap((card) => card.buttons)];
  return [
    ...buttons.flatMap((button): Option[] => {
      if (button.kind === "reply") return [{ kind: "button", id: button.id, title: button.title }];
      return button.kind === "quickReply" ? [{ kind: "quickReply", id: button.id, title: button.title }] : [];
    }),
    ...(bubble.sections ?? []).flatMap((section) => section.rows.map((row): Option => ({ kind: "row", ...row }))),
  ];
}

/** The option of a message with this id, else with this title. */
export function findOption(bubble: Bubble, idOrTitle: string): Option | undefined {
  const options = optionsOf(bubble);
  return options.find((option) => option.id === idOrTitle) ?? options.find((option) => option.title === idOrTitle);
}

/** What WhatsApp sends for the tap. */
export function tapContent(option: Option): InboundContent {
  const { id, title, description } = option;
  switch (option.kind) {
    case "quickReply":
      return { type: "button", button: { payload: id, text: title } };
    case "button":
      return { type: "interactive", interactive: { type: "button_reply", button_reply: { id, title } } };
    case "row": {
      const list_reply = { id, title, ...(description === undefined ? {} : { description }) };
      return { type: "interactive", interactive: { type: "list_reply", list_reply } };
    }
  }
}
