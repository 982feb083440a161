/** The hover of a message: its card per language, counts, layout, request. */
import { type Compilation, type CountedText, type Payload, payloadsOfFlow, type Syntax } from "@parley/compiler";
import type { View } from "../../view.ts";
import { card, countsIn, layoutFor, type Message, speakers } from "./card.ts";

export interface CardOptions {
  /** Whether the client draws `<details>`; without it the other languages stand one below the other. */
  readonly html: boolean;
}

export function messageHover(
  view: View,
  file: Syntax.File,
  flow: Syntax.FlowDecl,
  message: Message,
  { html }: CardOptions,
): string {
  const [own, ...others] = speakers(view);
  if (!own) return "";
  const { names } = view.compilation;
  const id = names.ids.get(message);
  const fold = (title: string, content: string): string =>
    html ? `<details><summary>${title}</summary>\n\n${content}\n\n</details>` : `**${title}**\n\n${content}`;
  const request = requestOf(view.compilation, flow, message, id);
  return [
    `\`${id ?? "?"}\`${describeLayout(view, message)}`,
    card(own, message),
    countTable(countsIn(view, file, message)),
    reasons(view, message),
    ...others.map((speaker) => fold(speaker.locale, card(speaker, message))),
    request && fold("Request", `\`\`\`json\n${JSON.stringify(request.request, null, 2)}\n\`\`\``),
  ]
    .filter((part) => part !== undefined && part !== "")
    .join("\n\n");
}

const LAYOUTS = { buttons: "reply buttons", list: "a list", pages: "a list in pages" } as const;

function describeLayout(view: View, message: Message): string {
  if (message.kind !== "Ask") return "";
  const [own, ...others] = speakers(view);
  const layout = own && layoutFor(own, message);
  if (!layout) return "";
  const differing = others.flatMap((speaker) => {
    const theirs = layoutFor(speaker, message);
    return theirs && theirs.layout !== layout.layout ? [`${speaker.locale}: ${LAYOUTS[theirs.layout]}`] : [];
  });
  const { minOptions, maxOptions } = layout;
  const count = minOptions === maxOptions ? String(maxOptions) : `${minOptions}–${maxOptions}`;
  const also = differing.length > 0 ? ` (${differing.join(", ")})` : "";
  return ` · ${LAYOUTS[layout.layout]}${also} · ${count} ${maxOptions === 1 ? "option" : "options"}`;
}

function reasons(view: View, message: Message): string {
  const [own] = speakers(view);
  const layout = own && message.kind === "Ask" ? layoutFor(own, message) : undefined;
  return layout ? `*Why ${LAYOUTS[layout.layout]}:* ${layout.reasons.join("; ")}` : "";
}

/** A line for each limited text, a column for each language. */
function countTable(counts: readonly CountedText[]): string {
  const [first] = counts;
  if (!first) return "";
  const head = ["", ...first.counts.map(({ locale }) => locale)];
  const rows = counts.map(({ what, counts: each }) => [
    what,
    ...each.map(({ length, max }) => (length > max ? `**⚠ ${length}/${max}**` : `${length}/${max}`)),
  ]);
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

type Part = Syntax.FlowDecl | Syntax.StateDecl;

const known = new WeakMap<Compilation, Map<Part, readonly Payload[]>>();

/** In the default language. Of its state alone: a flow can be long. */
function requestOf(
  compilation: Compilation,
  flow: Syntax.FlowDecl,
  { start }: Message,
  id?: string,
): Payload | undefined {
  const state = flow.states.find((one) => one.start <= start && start < one.end);
  const part = state ?? flow;
  let parts = known.get(compilation);
  if (!parts) {
    parts = new Map();
    known.set(compilation, parts);
  }
  let payloads = parts.get(part);
  if (!payloads) {
    payloads = payloadsOfFlow(compilation, flow, state && [state]);
    parts.set(part, payloads);
  }
  return payloads.find((payload) => payload.id === id);
}
