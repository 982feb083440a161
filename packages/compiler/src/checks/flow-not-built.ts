/** P1009: what the language has and this version does not compile. */
import { diagnostic } from "../diagnostics/report.ts";
import type { NodeKind } from "../flow/graph.ts";
import type { ActionDecl, Ask, AskClause, AskKind, Send, SendKind, TemplateDecl } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { hasOptions } from "../types/rows.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

/** The one list of it, by construct, as it is called in the message. */
export const NOT_BUILT = {
  askImage: "`ask image`",
  askVideo: "`ask video`",
  askAudio: "`ask audio`",
  askDocument: "`ask document`",
  askMedia: "`ask media`",
  askContact: "`ask contact`",
  askProducts: "`ask products`",
  askCatalog: "`ask catalog`",
  askProduct: "`ask product`",
  askForm: "`ask form`",
  askAddress: "`ask address`",
  sendProduct: "`send product`",
  sendProducts: "`send products`",
  sendCatalog: "`send catalog`",
  sendCarousel: "`send carousel`",
  typedWithOptions: "an option in an ask of this kind",
  nestedRows: "a `for` inside a `for`",
  gather: "`gather`",
  httpAction: "an action that is an HTTP request",
  templateMedia: "a media header in a template",
  templateLinkParameter: "a parameter in the link of a template",
  templateExpression: "an expression other than a parameter in a template",
  openingHours: "`open(hours)`",
} as const;

type Construct = keyof typeof NOT_BUILT;

const ASKS: Readonly<Partial<Record<AskKind, Construct>>> = {
  image: "askImage",
  video: "askVideo",
  audio: "askAudio",
  document: "askDocument",
  media: "askMedia",
  contact: "askContact",
  products: "askProducts",
  catalog: "askCatalog",
  product: "askProduct",
  form: "askForm",
  address: "askAddress",
};

const SENDS: Readonly<Partial<Record<SendKind["kind"], Construct>>> = {
  SendProduct: "sendProduct",
  SendProducts: "sendProducts",
  SendCatalog: "sendCatalog",
  SendCarousel: "sendCarousel",
};

const FUNCTIONS: Readonly<Record<string, Construct>> = { open: "openingHours" };

export function notBuilt({ names, graph }: FlowProgram, report: Report): void {
  const refuse = (what: Construct, span: Span): void =>
    report(diagnostic("P1009", place(span), { what: NOT_BUILT[what] }));
  for (const node of graph.nodes) inNode(node.what, refuse);
  for (const action of names.actions.values()) inAction(action, refuse);
  for (const template of names.templates.values()) inTemplate(template, refuse);
  // The greatest table of all: `for of` would make a pair for each entry.
  names.refs.forEach((referent, name) => {
    const what = referent.kind === "function" ? FUNCTIONS[referent.name] : undefined;
    if (what) refuse(what, name);
  });
}

type Refuse = (what: Construct, span: Span) => void;

function inNode(what: NodeKind, refuse: Refuse): void {
  if (what.kind === "ask") inAsk(what.syntax, refuse);
  else if (what.kind === "message" && what.syntax.kind === "Send") inSend(what.syntax, refuse);
}

function inAsk(ask: Ask, refuse: Refuse): void {
  const what = ASKS[ask.ask];
  if (what) refuse(what, ask.askWord ?? ask.body ?? ask);
  else for (const clause of ask.clauses) inClause(ask, clause, refuse);
}

function inClause(ask: Ask, clause: AskClause, refuse: Refuse): void {
  if (clause.kind === "GatherClause") refuse("gather", clause);
  const isRow = clause.kind === "Option" || clause.kind === "Section" || clause.kind === "ForRows";
  if (isRow && !hasOptions(ask)) refuse("typedWithOptions", clause);
  if (clause.kind === "Section") for (const inner of clause.clauses) inClause(ask, inner, refuse);
  if (clause.kind !== "ForRows") return;
  for (const inner of clause.clauses) {
    if (inner.kind === "ForRows" || inner.kind === "Section") refuse("nestedRows", inner);
  }
}

function inSend(send: Send, refuse: Refuse): void {
  const what = SENDS[send.what.kind];
  if (what) refuse(what, send.what);
}

function inAction(action: ActionDecl, refuse: Refuse): void {
  const http = action.clauses.find((c) => c.kind === "Http");
  if (http) refuse("httpAction", http);
}

function inTemplate(template: TemplateDecl, refuse: Refuse): void {
  const params = new Set(template.params.map((p) => p.name.text));
  for (const clause of template.clauses) {
    if (clause.kind === "HeaderClause" && clause.media !== "text") refuse("templateMedia", clause);
    const value =
      clause.kind === "HeaderClause" ? clause.value : clause.kind === "BodyClause" ? clause.text : undefined;
    if (clause.kind === "LinkClause" && clause.url.parts.some((part) => typeof part !== "string")) {
      refuse("templateLinkParameter", clause.url);
    }
    for (const part of value?.kind === "TextExpr" ? value.parts : []) {
      if (typeof part === "string" || part.value.kind === "MissingExpr") continue;
      const known = part.value.kind === "NameExpr" && params.has(part.value.name);
      if (!known) refuse("templateExpression", part);
    }
  }
}
