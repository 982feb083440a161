/** The messages of the benchmark's conversation, as one would write them by hand: the table and XState both send these. */
import type { OutgoingMessage } from "../../packages/whatsapp/src/index.ts";

export interface Pizza {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly price: number;
}

export interface Order {
  readonly pizza?: Pizza;
  readonly size: "small" | "medium" | "large";
  readonly count: number;
}

/** What stands behind an option's id: `#<conversation>.<turn>`. */
export type Tail = string;

export const SIZES = { small: "Small", medium: "Medium", large: "Large" } as const;

const TEXT_LIMIT = 24;

function buttons(
  text: string,
  ask: string,
  tail: Tail,
  options: readonly (readonly [string, string])[],
): OutgoingMessage {
  return {
    type: "interactive",
    interactive: {
      type: "button",
      body: { text },
      action: {
        buttons: options.map(([id, title]) => ({ type: "reply", reply: { id: `${ask}:${id}${tail}`, title } })),
      },
    },
  };
}

export function welcome(name: string, tail: Tail): OutgoingMessage {
  return buttons(`Hello ${name}!`, "order.welcome", tail, [
    ["order", "Order"],
    ["hours", "Opening hours"],
  ]);
}

export function menu(pizzas: readonly Pizza[], tail: Tail): OutgoingMessage {
  return {
    type: "interactive",
    interactive: {
      type: "list",
      header: { type: "text", text: "Today" },
      body: { text: "Which pizza?" },
      action: {
        button: "See pizzas",
        sections: [
          {
            title: "Pizzas",
            rows: pizzas.slice(0, 9).map(({ id, name, note }) => ({
              id: `order.choose:${id}${tail}`,
              title: name.slice(0, TEXT_LIMIT),
              description: note,
            })),
          },
          { title: "Else", rows: [{ id: `order.choose:back${tail}`, title: "Back" }] },
        ],
      },
    },
  };
}

export function size(tail: Tail): OutgoingMessage {
  return buttons("What size?", "order.size", tail, Object.entries(SIZES));
}

export function text(body: string): OutgoingMessage {
  return { type: "text", text: { body } };
}

export function confirm({ count, pizza, size: chosen }: Order, tail: Tail): OutgoingMessage {
  return buttons(`${count} × ${pizza?.name ?? ""}, ${SIZES[chosen]}?`, "order.confirm", tail, [
    ["yes", "Yes"],
    ["no", "No"],
  ]);
}
