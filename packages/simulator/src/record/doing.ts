/** What somebody does in a conversation, as a step of a test says it. */
import type { Value } from "@parley/machine";

export type SentMedia = "image" | "video" | "audio" | "document" | "sticker" | "contact";

export type Doing =
  | { readonly kind: "says"; readonly text: string }
  /** The message arrives so much later than it was written. */
  | { readonly kind: "saysLate"; readonly text: string; readonly ms: number }
  | { readonly kind: "taps"; readonly ask: string; readonly option: string }
  | { readonly kind: "opens"; readonly ad: string }
  | { readonly kind: "reacts"; readonly emoji: string }
  | { readonly kind: "sendsLocation"; readonly latitude: number; readonly longitude: number }
  | { readonly kind: "sendsValue"; readonly what: "order" | "form" | "address"; readonly value: Value }
  | { readonly kind: "sendsMedia"; readonly what: SentMedia }
  /** `nearMs`: what falls due so near to that time is what was waited for. */
  | { readonly kind: "waits"; readonly ms: number; readonly nearMs?: number }
  /** The next message arrives twice, or so much later than it was written. */
  | { readonly kind: "deliverTwice" }
  | { readonly kind: "deliverLate"; readonly ms: number }
  /** The bot's next message does not arrive. */
  | { readonly kind: "failDelivery" }
  | { readonly kind: "event"; readonly name: string; readonly args: readonly Value[] }
  | { readonly kind: "release" }
  /** What an action that was called answers. */
  | {
      readonly kind: "answers";
      readonly action: string;
      readonly behaviour: "value" | "fails" | "times out";
      readonly value: Value;
    };
