/** P3014: which kinds of message have a header or a footer. */
import type { Ask, AskKind, FooterClause, HeaderClause } from "../syntax/ast.ts";
import { withSpaceBefore } from "../text/removal.ts";
import type { Layout } from "../types/layout.ts";
import type { Edge } from "./nodes.ts";
import { at, type Checked, type Report } from "./program.ts";

interface Allowed {
  /** As messages name it, with an article. */
  readonly where: string;
  readonly headers: readonly HeaderClause["media"][];
  readonly footer: boolean;
}

const EVERY: readonly HeaderClause["media"][] = ["text", "image", "video", "document"];
const plain = (where: string): Allowed => ({ where, headers: [], footer: false });

const NO_LINK: Allowed = plain("a text message without a link");

const BY_LAYOUT: Readonly<Record<Layout, Allowed>> = {
  buttons: { where: "a message with buttons", headers: EVERY, footer: true },
  list: { where: "a list", headers: ["text"], footer: true },
  pages: { where: "a list in pages", headers: ["text"], footer: true },
};

const BY_KIND: Readonly<Record<Exclude<AskKind, "auto" | "buttons" | "list">, Allowed>> = {
  text: plain("a text message"),
  number: plain("a text message"),
  date: plain("a text message"),
  phone: plain("a text message"),
  url: plain("a text message"),
  email: plain("a text message"),
  image: plain("a text message"),
  video: plain("a text message"),
  audio: plain("a text message"),
  document: plain("a text message"),
  media: plain("a text message"),
  contact: plain("a text message"),
  location: plain("a location request"),
  template: plain("an ask of a template"),
  product: { where: "a product message", headers: [], footer: true },
  catalog: { where: "a catalog message", headers: [], footer: true },
  products: { where: "a message with products", headers: ["text"], footer: true },
  form: { where: "a form", headers: EVERY, footer: true },
  address: { where: "an address message", headers: ["text"], footer: true },
};

export function headersWhereAllowed(program: Checked, report: Report): void {
  for (const { of, clause } of program.nodes.edges) {
    const allowed = allowedIn(program, of);
    if (allowed) check(clause, allowed, report);
  }
}

function allowedIn(program: Checked, of: Edge["of"]): Allowed | undefined {
  if (of.kind === "Send") return BY_KIND.products;
  if (of.kind === "Say") return of.clauses.some((clause) => clause.kind === "LinkClause") ? BY_LAYOUT.buttons : NO_LINK;
  return allowedInAsk(program, of);
}

function allowedInAsk(program: Checked, ask: Ask): Allowed | undefined {
  // Nothing is known of a kind that does not exist.
  if (ask.ask === "auto" && ask.askWord) return undefined;
  const choice = program.layouts.get(ask);
  if (choice) return BY_LAYOUT[choice.layout];
  if (ask.ask === "auto" || ask.ask === "buttons" || ask.ask === "list") return undefined;
  return BY_KIND[ask.ask];
}

function check(clause: HeaderClause | FooterClause, allowed: Allowed, report: Report): void {
  if (clause.kind === "FooterClause") {
    if (!allowed.footer) refuse(clause, "footer", allowed.where, "", report);
  } else if (!allowed.headers.includes(clause.media)) {
    const article = /^[aeiou]/.test(clause.media) ? "an" : "a";
    const what = clause.media === "text" ? "header" : `header with ${article} ${clause.media}`;
    refuse(clause, what, allowed.where, allowed.headers.length > 0 ? "one with a text" : "", report);
  }
}

function refuse(
  clause: HeaderClause | FooterClause,
  what: string,
  where: string,
  allowed: string,
  report: Report,
): void {
  const edits = [{ span: withSpaceBefore(clause), text: "" }];
  at(report, "P3014", clause, { what, where, allowed }, { fixes: [{ title: "Remove it", safe: false, edits }] });
}
