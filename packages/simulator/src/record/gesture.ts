/** What a user did on a phone, from the bubble that it left there. */
import type { Bubble } from "@parley/emulator";
import { decodeWireId, type Value } from "@parley/machine";
import { askOf } from "../run/options.ts";
import type { Doing } from "./doing.ts";

/** `none`: a test needs no step for it. `unsaid`: a test has no words for it. */
export type Gesture = Doing | { readonly kind: "none" } | { readonly kind: "unsaid"; readonly what: string };

/** @param history - Of the phone, in which the bubble stands. */
export function gestureOf(bubble: Bubble, history: readonly Bubble[]): Gesture {
  const quoted = history.find(({ id }) => id === bubble.quote);
  if (bubble.tapped !== undefined) return tapOf(bubble.tapped, bubble.text ?? "");
  if (bubble.referral) return { kind: "opens", ad: bubble.referral.source_id ?? "" };
  if (bubble.filled) return filledOf(bubble.filled, quoted);
  switch (bubble.kind) {
    case "text":
      if (quoted?.kind === "call") return { kind: "unsaid", what: "answers a request for permission to call" };
      if (quoted && isEarlierAsk(quoted, history)) return { kind: "unsaid", what: "quotes an earlier message" };
      return { kind: "says", text: bubble.text ?? "" };
    case "location": {
      const { latitude = 0, longitude = 0 } = bubble.location ?? {};
      return { kind: "sendsLocation", latitude, longitude };
    }
    case "contacts":
      return { kind: "sendsMedia", what: "contact" };
    case "order":
      return orderOf(bubble);
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return { kind: "sendsMedia", what: bubble.kind };
    default:
      return { kind: "unsaid", what: `sends a message of the kind ${bubble.kind}` };
  }
}

/** What is said in answer to it means that ask again. */
function isEarlierAsk(quoted: Bubble, history: readonly Bubble[]): boolean {
  const newest = history.findLast((one) => one.from === "business" && askOf(one) !== undefined);
  return quoted.from === "business" && askOf(quoted) !== undefined && quoted !== newest;
}

/** A row that shows the next page is no answer. */
function tapOf(wire: string, title: string): Gesture {
  const id = decodeWireId(wire);
  if (!id) return { kind: "unsaid", what: `taps "${title}", which is an option of no ask` };
  return id.option === undefined ? { kind: "none" } : { kind: "taps", ask: id.ask, option: id.option };
}

function filledOf(filled: object, quoted: Bubble | undefined): Doing {
  if (quoted?.kind !== "address") return { kind: "sendsValue", what: "form", value: filled as Value };
  const { values = {} } = filled as { readonly values?: Value };
  return { kind: "sendsValue", what: "address", value: values };
}

function orderOf({ order }: Bubble): Doing {
  const items = (order?.items ?? []).map(({ product_retailer_id: sku, quantity, item_price: price, currency }) => ({
    ...{ sku, quantity, price, currency },
  }));
  const note = order?.text;
  const value = { items, ...(note === undefined || note === "" ? {} : { note }) };
  return { kind: "sendsValue", what: "order", value };
}
