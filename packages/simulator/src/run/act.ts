/** The user's steps of a test. */
import type { Bubble, Option } from "@parley/emulator";
import type { TestStep, Value } from "@parley/machine";
import { evaluateIn } from "./evaluate.ts";
import { failStep } from "./failure.ts";
import { askOf, optionNamed } from "./options.ts";
import { nextPage, type Session } from "./session.ts";

export type UserStep = Extract<
  TestStep,
  { kind: "says" | "taps" | "opens" | "reacts" | "sendsLocation" | "sendsValue" | "sendsMedia" }
>;

interface Found {
  readonly bubble: Bubble;
  readonly option: Option;
}

function inMessages({ translation }: Session, bubbles: readonly Bubble[], name: string): Found | undefined {
  for (const bubble of bubbles.toReversed()) {
    const option = optionNamed(bubble, name, translation);
    if (option) return { bubble, option };
  }
  return undefined;
}

async function onLaterPages(session: Session, bubble: Bubble | undefined, name: string): Promise<Found | undefined> {
  for (let page = bubble; page; page = await nextPage(session, page)) {
    const option = optionNamed(page, name, session.translation);
    if (option) return { bubble: page, option };
  }
  return undefined;
}

/** The newest message with options first, over all its pages; then earlier ones. */
async function tap(session: Session, name: string, of: string | undefined): Promise<void> {
  const { phone } = session.simulation;
  const candidates = phone.history.filter((bubble) => {
    const ask = bubble.from === "business" ? askOf(bubble) : undefined;
    return ask !== undefined && (of === undefined || ask === of || ask.startsWith(`${of}.`));
  });
  const newest = candidates.at(-1);
  const found =
    (newest && inMessages(session, [newest], name)) ??
    (await onLaterPages(session, newest, name)) ??
    inMessages(session, candidates, name);
  if (!found) {
    const where = of === undefined ? "No message on the phone" : `No message of ${of} on the phone`;
    failStep(`${where} has an option ${name}`);
  }
  phone.taps(found.option.id, { of: found.bubble.id });
}

function numberOf(value: Value, what: string): number {
  return typeof value === "number" ? value : failStep(`the ${what} is no number`);
}

function recordOf(value: Value, what: string): Readonly<Record<string, Value>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, Value>>;
  return failStep(`the ${what} is no record`);
}

function sendOrder(session: Session, value: Value): void {
  const { items, note } = recordOf(value, "order");
  if (!Array.isArray(items)) failStep("the order has no list `items`");
  session.simulation.phone.sendsOrder({
    items: items.map((item: Value) => {
      const { sku, quantity, price, currency } = recordOf(item, "item");
      return {
        product_retailer_id: typeof sku === "string" ? sku : failStep("an item of the order has no `sku`"),
        quantity: numberOf(quantity ?? 1, "quantity"),
        item_price: numberOf(price ?? 0, "price"),
        currency: typeof currency === "string" ? currency : "EUR",
      };
    }),
    ...(typeof note === "string" ? { text: note } : {}),
  });
}

/** Whoever a test's user sends as a contact. */
const CARD = {
  name: { formatted_name: "Bo", first_name: "Bo" },
  phones: [{ phone: "+39 333 000 0002", type: "CELL" }],
} as const;

/** Does on the phone what the step says. Nothing has reached the bot yet. */
export async function userStep(session: Session, step: UserStep): Promise<void> {
  const { phone } = session.simulation;
  switch (step.kind) {
    case "says":
      // Who reads a label in another language types that one.
      phone.says(session.translation?.(step.text)[0] ?? step.text);
      return;
    case "taps":
      return tap(session, step.option, step.of);
    case "opens":
      phone.opens(step.ad);
      return;
    case "reacts":
      phone.reacts(step.emoji);
      return;
    case "sendsLocation": {
      const latitude = numberOf(evaluateIn(session, step.latitude), "latitude");
      phone.sendsLocation({ latitude, longitude: numberOf(evaluateIn(session, step.longitude), "longitude") });
      return;
    }
    case "sendsValue": {
      const value = evaluateIn(session, step.value);
      if (step.what === "order") sendOrder(session, value);
      else phone.sendsForm(step.what === "form" ? recordOf(value, "form") : { values: recordOf(value, "address") });
      return;
    }
    case "sendsMedia":
      if (step.what === "contact") phone.sendsContacts([CARD]);
      else phone.sendsMedia({ kind: step.what });
  }
}
