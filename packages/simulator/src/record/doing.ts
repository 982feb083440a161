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
  | { readonly kind: "waits"; readonly ms: number }
  | { readonly kind: "event"; readonly name: string; readonly args: readonly Value[] }
  | { readonly kind: "release" }
  /** What an action that was called answers. */
  | {
      readonly kind: "answers";
      readonly action: string;
      readonly behaviour: "value" | "fails" | "times out";
      readonly value: Value;
    };
