/** Messages and expectations in the words of a test. */
import type { Bubble, BubbleKind } from "@parley/emulator";
import type { Expectation, SentKind } from "@parley/machine";
import { optionNames } from "./options.ts";

export type MessageExpectation = Extract<Expectation, { kind: "sent" | "template" }>;

export const KINDS: Readonly<Record<SentKind, readonly BubbleKind[]>> = {
  text: ["text"],
  buttons: ["buttons"],
  list: ["list"],
  image: ["image"],
  video: ["video"],
  audio: ["audio"],
  document: ["document"],
  location: ["location", "locationRequest"],
  contact: ["contacts"],
  product: ["product"],
  products: ["products"],
  catalog: ["catalog"],
  link: ["link"],
  carousel: ["carousel"],
  form: ["form", "address"],
};

function kindName(bubble: Bubble): string {
  if (bubble.template) return `template ${bubble.template.name}`;
  const found = Object.entries(KINDS).find(([, kinds]) => kinds.includes(bubble.kind));
  return found?.[0] ?? bubble.kind;
}

/** All that a message says, but for its options. */
export function textOf(bubble: Bubble): string {
  const { headerText, text, footer, media, location } = bubble;
  return [headerText, text, footer, media?.filename, location?.name, location?.address]
    .filter((part) => part !== undefined)
    .join("\n");
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** White space of any length is the same. */
export function contains(bubble: Bubble, words: string): boolean {
  return squeeze(textOf(bubble)).includes(squeeze(words));
}

export function isKind(bubble: Bubble, what: MessageExpectation): boolean {
  if (what.kind === "template") return bubble.template?.name === what.template;
  return KINDS[what.sent].includes(bubble.kind);
}

const SHOWN = 120;

function short(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line;
}

/** `list "Which pizza?" with mar, dia`. */
export function describeBubble(bubble: Bubble): string {
  const options = [...optionNames(bubble), ...(bubble.products ?? [])];
  const text = short(textOf(bubble));
  return [
    kindName(bubble),
    ...(text === "" ? [] : [JSON.stringify(text)]),
    ...(options.length === 0 ? [] : [`with ${options.join(", ")}`]),
  ].join(" ");
}

export function describeExpectation(what: MessageExpectation): string {
  return [
    what.kind === "sent" ? what.sent : `template ${what.template}`,
    ...(what.containing === undefined ? [] : [`containing ${JSON.stringify(what.containing)}`]),
    ...(what.option === undefined ? [] : [`with option ${what.option}`]),
  ].join(" ");
}
