/** Every text that a user sees, with what WhatsApp allows for it. */
import { LIMITS, type LimitKey } from "@parley/whatsapp";
import type { Ask, AskClause, HeaderClause, Option, Say, Send, TextExpr } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { type LayoutChoice, titleLimit } from "../types/layout.ts";
import type { Nodes } from "./nodes.ts";

/** The codes of a text that is too long. */
export type LengthCode = "P3004" | "P3005" | "P3006" | "P3007" | "P3008" | "P3013";

export interface TextUse {
  readonly text: TextExpr;
  /** What it says where it has no holes. */
  readonly written: string | undefined;
  /** With an article, as messages name it: "the title of `small`". */
  readonly what: string;
  /** In code points. */
  readonly max: number;
  readonly code: LengthCode;
  /** Shown on one line: no line breaks in it. */
  readonly oneLine: boolean;
  /** WhatsApp refuses spaces at the edges. */
  readonly trimmed: boolean;
  /** What can be left out as a whole when the text is blank. */
  readonly clause: Span | undefined;
  /** The option whose title it is, and what stands where the title does not fit. */
  readonly option: Option | undefined;
  readonly short: TextExpr | undefined;
}

interface Kind {
  readonly limit: LimitKey;
  readonly code: LengthCode;
  readonly oneLine: boolean;
  readonly trimmed: boolean;
}

/** Kinds of texts beside the titles of options, whose limit depends on the layout. */
const KINDS = {
  text: { limit: "textBody", code: "P3006", oneLine: false, trimmed: false },
  body: { limit: "interactiveBody", code: "P3006", oneLine: false, trimmed: false },
  caption: { limit: "caption", code: "P3006", oneLine: false, trimmed: false },
  header: { limit: "headerText", code: "P3008", oneLine: true, trimmed: false },
  footer: { limit: "footerText", code: "P3007", oneLine: true, trimmed: false },
  open: { limit: "listButton", code: "P3013", oneLine: true, trimmed: true },
  start: { limit: "flowCta", code: "P3013", oneLine: true, trimmed: true },
  link: { limit: "ctaText", code: "P3004", oneLine: true, trimmed: true },
  section: { limit: "sectionTitle", code: "P3004", oneLine: true, trimmed: false },
  more: { limit: "rowTitle", code: "P3004", oneLine: true, trimmed: true },
  description: { limit: "rowDescription", code: "P3005", oneLine: true, trimmed: false },
  cardBody: { limit: "carouselCardBody", code: "P3006", oneLine: false, trimmed: false },
  cardLink: { limit: "carouselButtonTitle", code: "P3004", oneLine: true, trimmed: true },
} as const satisfies Readonly<Record<string, Kind>>;

type Uses = TextUse[];

function use(uses: Uses, kind: keyof typeof KINDS, what: string, text: TextExpr | undefined, clause?: Span): void {
  if (!text) return;
  const { limit, code, oneLine, trimmed } = KINDS[kind];
  const { max } = LIMITS[limit];
  uses.push({
    text,
    written: writtenText(text),
    what,
    max,
    code,
    oneLine,
    trimmed,
    clause,
    option: undefined,
    short: undefined,
  });
}

export function textUses(nodes: Nodes, layouts: ReadonlyMap<Ask, LayoutChoice>): readonly TextUse[] {
  const uses: Uses = [];
  for (const say of nodes.says) ofSay(uses, say);
  for (const send of nodes.sends) ofSend(uses, send);
  for (const ask of nodes.asks) ofAsk(uses, ask, layouts.get(ask));
  for (const clause of nodes.elses) use(uses, "text", "the text of `else`", clause.text);
  return uses;
}

function ofSay(uses: Uses, say: Say): void {
  const link = say.clauses.some((clause) => clause.kind === "LinkClause");
  use(uses, link ? "body" : "text", "the text", say.body);
  for (const clause of say.clauses) {
    if (clause.kind === "HeaderClause") ofHeader(uses, clause);
    else if (clause.kind === "FooterClause") use(uses, "footer", "the footer", clause.text, clause);
    else if (clause.kind === "LinkClause") use(uses, "link", "the title of the link", clause.title);
  }
}

function ofHeader(uses: Uses, clause: HeaderClause): void {
  if (clause.media === "text" && clause.value.kind === "TextExpr")
    use(uses, "header", "the header", clause.value, clause);
}

function ofSend(uses: Uses, { what }: Send): void {
  switch (what.kind) {
    case "SendMedia":
      return use(uses, "caption", "the caption", what.caption);
    case "SendProduct":
      return use(uses, "body", "the text", what.body);
    case "SendProducts":
      use(uses, "body", "the text", what.body);
      return ofClauses(uses, what.clauses, undefined);
    case "SendCatalog":
      return use(uses, "body", "the text", what.body);
    case "SendCarousel":
      use(uses, "body", "the text", what.body);
      for (const card of what.cards) {
        use(uses, "cardBody", "the text of a card", card.body);
        for (const link of card.links) use(uses, "cardLink", "the title of the link", link.title);
      }
      return;
    case "SendLocation":
    case "SendContact":
    case "SendTemplate":
    case "SendInvalid":
  }
}

function ofAsk(uses: Uses, ask: Ask, layout: LayoutChoice | undefined): void {
  if (ask.body) use(uses, layout || isInteractive(ask) ? "body" : "text", "the text", ask.body);
  ofClauses(uses, ask.clauses, ask);
  if (!layout) return;
  const max = titleLimit(layout.layout);
  for (const row of layout.rows) {
    const text = row.title ?? row.enumCase?.label;
    const option = row.option;
    const what = row.id === undefined ? "the title" : `the title of \`${row.id}\``;
    if (text) uses.push({ ...title(text, what, max, option), short: row.short });
    if (row.short) uses.push(title(row.short, "the short title", max, undefined));
    use(uses, "description", "the description", option?.description, option?.description);
  }
}

function title(text: TextExpr, what: string, max: number, option: Option | undefined): TextUse {
  const written = writtenText(text);
  return {
    text,
    written,
    what,
    max,
    code: "P3004",
    oneLine: true,
    trimmed: true,
    clause: undefined,
    option,
    short: undefined,
  };
}

/** What a text without holes says. */
export function writtenText({ parts }: TextExpr): string | undefined {
  const [first] = parts;
  if (parts.length === 1) return typeof first === "string" ? first : undefined;
  return parts.length === 0 ? "" : undefined;
}

/** Kinds that go out as interactive messages, whose body is shorter than a text message's. */
export function isInteractive(ask: Ask): boolean {
  switch (ask.ask) {
    case "auto":
    case "buttons":
    case "list":
    case "location":
    case "products":
    case "catalog":
    case "product":
    case "form":
    case "address":
      return true;
    default:
      return false;
  }
}

/** All but options, which stand among the rows. */
function ofClauses(uses: Uses, clauses: readonly AskClause[], ask: Ask | undefined): void {
  for (const c of clauses) {
    switch (c.kind) {
      case "HeaderClause":
        ofHeader(uses, c);
        break;
      case "FooterClause":
        use(uses, "footer", "the footer", c.text, c);
        break;
      case "OpenClause":
        if (ask?.ask === "form") use(uses, "start", "the text that opens the form", c.text, c);
        else use(uses, "open", "the text that opens the list", c.text, c);
        break;
      case "MoreClause":
        use(uses, "more", "the title of `more`", c.text, c);
        break;
      case "Section":
        use(uses, "section", "the title of the section", c.title);
        ofClauses(uses, c.clauses, ask);
        break;
      case "ForRows":
        ofClauses(uses, c.clauses, ask);
        break;
      default:
    }
  }
}
