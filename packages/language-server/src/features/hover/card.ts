/** A message as WhatsApp shows it, drawn in Markdown: what stands where, in one language. */
import { builtinText, type CountedText, type LayoutChoice, layoutOf, type Syntax } from "@parley/compiler";
import type { View } from "../../view.ts";
import { countsOf } from "../counts.ts";

export type Message = Syntax.Say | Syntax.Ask | Syntax.Send;

type Wording = View["compilation"]["translations"]["languages"][number]["wording"];

export interface Speaker {
  readonly view: View;
  readonly locale: string;
  /** Undefined: as the file says it. */
  readonly wording: Wording | undefined;
}

/** The default language first. */
export function speakers(view: View): readonly Speaker[] {
  const { settings, translations } = view.compilation;
  return [
    { view, locale: settings.locales.default, wording: undefined },
    ...translations.languages.map(({ locale, wording }) => ({ view, locale, wording })),
  ];
}

export function layoutFor({ view, wording }: Speaker, ask: Syntax.Ask): LayoutChoice | undefined {
  const { names, types } = view.compilation;
  return layoutOf({ names, types, wording }, ask);
}

interface Parts {
  readonly header: string[];
  readonly body: string[];
  readonly footer: string[];
  /** Below the message: buttons, the opening of a list, its rows. */
  readonly below: string[];
}

/** Quoted lines of Markdown. */
export function card(speaker: Speaker, message: Message): string {
  const parts: Parts = { header: [], body: [], footer: [], below: [] };
  if (message.kind === "Send") ofSend(speaker, parts, message.what);
  else {
    if (message.body) parts.body.push(say(speaker, message.body));
    ofClauses(speaker, parts, message.clauses);
    if (message.kind === "Ask") ofAsk(speaker, parts, message);
  }
  const blocks = [parts.header, parts.body, parts.footer.map((line) => `*${line}*`), parts.below];
  const lines = blocks.filter((block) => block.length > 0).map((block) => block.join("  \n"));
  return lines
    .join("\n\n")
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
}

/** Holes stand as they are written, so that the reader sees where values go. */
function say({ wording }: Speaker, given: Syntax.TextExpr): string {
  const text = wording?.text(given) ?? given;
  const parts = text.parts.map((part) => {
    if (typeof part === "string") return whatsApp(part);
    return `\`{${part.value.source.text.slice(part.value.start, part.value.end)}}\``;
  });
  return parts.join("");
}

/** WhatsApp's marks as those of Markdown; all else of Markdown is escaped. */
function whatsApp(text: string): string {
  return text
    .replace(/[\\[\]<>#|]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\p{L}\p{N}*])/gu, "**$1**")
    .replace(/(?<![\p{L}\p{N}~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\p{L}\p{N}~])/gu, "~~$1~~")
    .replace(/\n/g, "  \n");
}

function ofClauses(speaker: Speaker, parts: Parts, clauses: readonly (Syntax.AskClause | Syntax.SayClause)[]): void {
  for (const clause of clauses) {
    if (clause.kind === "HeaderClause") parts.header.push(header(speaker, clause));
    else if (clause.kind === "FooterClause") parts.footer.push(say(speaker, clause.text));
    else if (clause.kind === "LinkClause") parts.below.push(button(`↗ ${say(speaker, clause.title)}`));
  }
}

function header(speaker: Speaker, { media, value }: Syntax.HeaderClause): string {
  if (media === "text" && value.kind === "TextExpr") return `**${say(speaker, value)}**`;
  return `${ICONS[media] ?? "📄"} ${shown(value)}`;
}

const ICONS: Readonly<Record<string, string>> = {
  image: "🖼",
  video: "🎞",
  audio: "🔊",
  document: "📄",
  sticker: "🏷",
};

function shown(value: Syntax.Expr): string {
  const written = value.source.text.slice(value.start, value.end);
  return value.kind === "TextExpr" ? written.slice(1, -1) : `\`{${written}}\``;
}

function button(label: string): string {
  return `⟦ ${label} ⟧`;
}

// ---------------------------------------------------------------- asks

/** What stands below the text of asks that are no buttons and no list. */
const ASKED: Readonly<Partial<Record<Syntax.AskKind, string>>> = {
  location: "📍 Send location",
  address: "🏠 Provide address",
  catalog: "🛍 View catalog",
  products: "🛍 View items",
  product: "🛍 View",
};

function ofAsk(speaker: Speaker, parts: Parts, ask: Syntax.Ask): void {
  const layout = layoutFor(speaker, ask);
  const open = ask.clauses.find((clause) => clause.kind === "OpenClause");
  if (ask.ask === "form") parts.below.push(button(open ? say(speaker, open.text) : "…"));
  const asked = ASKED[ask.ask];
  if (asked) parts.below.push(button(asked));
  if (ask.subject) parts.header.push(`🛍 ${shown(ask.subject)}`);
  if (ask.template) return ofTemplate(speaker, parts, ask.template.name);
  if (!layout) return;
  const isButtons = layout.layout === "buttons";
  if (!isButtons) parts.below.push(button(`☰ ${open ? say(speaker, open.text) : word(speaker, "open")}`));
  let section: Syntax.Section | undefined;
  for (const row of layout.rows) {
    if (row.section && row.section !== section) parts.below.push(`**${say(speaker, row.section.title)}**`);
    ({ section } = row);
    const title = row.short ?? row.title;
    const label = title ? say({ ...speaker, wording: undefined }, title) : (row.label ?? row.id ?? "…");
    const times = row.loop ? ` × ${row.min}–${row.max}` : row.min === 0 ? " *(sometimes)*" : "";
    const description = row.option?.description ? ` — ${say(speaker, row.option.description)}` : "";
    parts.below.push(isButtons ? `${button(label)}${times}` : `○ ${label}${times}${description}`);
  }
  const more = ask.clauses.find((clause) => clause.kind === "MoreClause");
  if (layout.layout === "pages") parts.below.push(`○ ${more ? say(speaker, more.text) : word(speaker, "more")}`);
}

function word({ view, locale }: Speaker, name: "open" | "more"): string {
  return builtinText(view.compilation.translations, locale, name);
}

function ofTemplate(speaker: Speaker, parts: Parts, name: Syntax.Name): void {
  const template = speaker.view.compilation.names.templates.get(name.text);
  for (const clause of template?.clauses ?? []) {
    if (clause.kind === "BodyClause") parts.body.push(say(speaker, clause.text));
    else if (clause.kind === "HeaderClause") parts.header.push(header(speaker, clause));
    else if (clause.kind === "FooterClause") parts.footer.push(say(speaker, clause.text));
    else if (clause.kind === "LinkClause") parts.below.push(button(`↗ ${say(speaker, clause.title)}`));
    else if (clause.kind === "TemplateOption") {
      parts.below.push(button(clause.title ? say(speaker, clause.title) : clause.name.text));
    }
  }
}

// ---------------------------------------------------------------- sends

// One case for each kind of message.
function ofSend(speaker: Speaker, parts: Parts, what: Syntax.SendKind): void {
  switch (what.kind) {
    case "SendMedia":
      parts.header.push(`${ICONS[what.media] ?? ""} ${what.name ? say(speaker, what.name) : shown(what.value)}`);
      if (what.caption) parts.body.push(say(speaker, what.caption));
      return;
    case "SendLocation":
      parts.header.push(`📍 ${shown(what.latitude)}, ${shown(what.longitude)}`);
      if (what.name) parts.body.push(`**${say(speaker, what.name)}**`);
      if (what.address) parts.body.push(say(speaker, what.address));
      return;
    case "SendContact":
      parts.header.push(`👤 ${shown(what.value)}`);
      return;
    case "SendProduct":
      parts.header.push(`🛍 ${shown(what.value)}`);
      if (what.body) parts.body.push(say(speaker, what.body));
      parts.below.push(button("View"));
      return;
    case "SendProducts":
      parts.body.push(say(speaker, what.body));
      ofClauses(speaker, parts, what.clauses);
      for (const clause of what.clauses)
        if (clause.kind === "Section") parts.below.push(`**${say(speaker, clause.title)}**`);
      parts.below.push(button("🛍 View items"));
      return;
    case "SendCatalog":
      parts.body.push(say(speaker, what.body));
      parts.below.push(button("🛍 View catalog"));
      return;
    case "SendCarousel":
      parts.body.push(say(speaker, what.body));
      for (const one of what.cards) {
        const links = one.links.map((link) => button(`↗ ${say(speaker, link.title)}`)).join(" ");
        parts.below.push(`${ICONS[one.media] ?? ""} ${one.body ? say(speaker, one.body) : shown(one.value)} ${links}`);
      }
      return;
    case "SendTemplate":
      return ofTemplate(speaker, parts, what.name);
    case "SendInvalid":
  }
}

// ---------------------------------------------------------------- counts

/** The limited texts of a message with their counts in each language. */
export function countsIn(view: View, file: Syntax.File, message: Message): readonly CountedText[] {
  return [...countsOf(view, file, message.start, message.end).values()].filter(
    ({ text }) => message.start <= text.start && text.end <= message.end && isOf(message, text),
  );
}

/** Not of a message in a block of this one. */
function isOf(message: Message, text: Syntax.TextExpr): boolean {
  if (message.kind !== "Ask") return true;
  const blocks = blocksIn(message.clauses);
  return !blocks.some((block) => block.start <= text.start && text.end <= block.end);
}

function blocksIn(clauses: readonly Syntax.AskClause[]): readonly Syntax.Block[] {
  return clauses.flatMap((clause) => {
    if (clause.kind === "Section" || clause.kind === "ForRows") return blocksIn(clause.clauses);
    const arms = clause.kind === "ElseClause" ? [clause.arm, clause.retry?.arm] : "arm" in clause ? [clause.arm] : [];
    return arms.flatMap((arm) => (arm?.kind === "Block" ? [arm] : []));
  });
}
