/** The expressions of a node in the order in which they are evaluated, without those of its arms. */
import type { Ask, AskClause, Expr, NameExpr, Say, Send, SendKind } from "../syntax/ast.ts";

type Visit = (expr: Expr) => void;

const maybe = (expr: Expr | undefined, visit: Visit): void => {
  if (expr) visit(expr);
};

/** Every name in an expression. */
export function eachName(expr: Expr, visit: (name: NameExpr) => void): void {
  if (expr.kind === "NameExpr") visit(expr);
  else eachChild(expr, (child) => eachName(child, visit));
}

// One case for each kind of expression.
function eachChild(expr: Expr, visit: Visit): void {
  switch (expr.kind) {
    case "TextExpr":
      for (const part of expr.parts) if (typeof part !== "string") visit(part.value);
      return;
    case "CallExpr":
      return expr.args.forEach(visit);
    case "FieldExpr":
      return visit(expr.of);
    case "IndexExpr":
      visit(expr.of);
      return visit(expr.index);
    case "UnaryExpr":
    case "IsNoneExpr":
      return visit(expr.value);
    case "BinaryExpr":
      visit(expr.left);
      return visit(expr.right);
    case "ConditionalExpr":
      visit(expr.condition);
      visit(expr.then);
      return visit(expr.orElse);
    case "ListExpr":
      return expr.items.forEach(visit);
    case "ComprehensionExpr":
      visit(expr.list);
      maybe(expr.condition, visit);
      return visit(expr.value);
    case "RecordExpr":
      for (const field of expr.fields) visit(field.value);
      return;
    case "NumberExpr":
    case "DurationExpr":
    case "NoneExpr":
    case "BoolExpr":
    case "NameExpr":
    case "MissingExpr":
  }
}

export function eachOfSay(s: Say, visit: Visit): void {
  visit(s.body);
  for (const clause of s.clauses) {
    if (clause.kind === "HeaderClause") visit(clause.value);
    else if (clause.kind === "FooterClause") visit(clause.text);
    else if (clause.kind === "LinkClause") {
      visit(clause.title);
      visit(clause.url);
    }
  }
}

export function eachOfSend(s: Send, visit: Visit): void {
  eachOfKind(s.what, visit);
}

// One case for each kind of send.
function eachOfKind(what: SendKind, visit: Visit): void {
  switch (what.kind) {
    case "SendMedia":
      visit(what.value);
      maybe(what.name, visit);
      return maybe(what.caption, visit);
    case "SendLocation":
      visit(what.latitude);
      visit(what.longitude);
      maybe(what.name, visit);
      return maybe(what.address, visit);
    case "SendContact":
      return visit(what.value);
    case "SendProduct":
      visit(what.value);
      return maybe(what.body, visit);
    case "SendProducts":
      visit(what.body);
      return eachOfClauses(what.clauses, visit);
    case "SendCatalog":
      visit(what.body);
      return maybe(what.thumbnail, visit);
    case "SendTemplate":
      return what.args.forEach(visit);
    case "SendCarousel":
      visit(what.body);
      for (const card of what.cards) {
        visit(card.value);
        maybe(card.body, visit);
        for (const link of card.links) [link.title, link.url].forEach(visit);
      }
      return;
    case "SendInvalid":
  }
}

/** What is evaluated when the ask is sent. */
export function eachOfAsk(ask: Ask, visit: Visit): void {
  maybe(ask.body, visit);
  maybe(ask.subject, visit);
  ask.template?.args.forEach(visit);
  eachOfClauses(ask.clauses, visit);
}

// One case for each kind of clause.
function eachOfClauses(clauses: readonly AskClause[], visit: Visit): void {
  for (const c of clauses) {
    switch (c.kind) {
      case "Option":
        if (c.id.kind !== "Name") visit(c.id);
        for (const expr of [c.when, c.title, c.description, c.short]) maybe(expr, visit);
        break;
      case "Section":
        maybe(c.when, visit);
        visit(c.title);
        eachOfClauses(c.clauses, visit);
        break;
      case "ForRows":
        visit(c.list);
        eachOfClauses(c.clauses, visit);
        break;
      case "ProductClause":
      case "ThumbnailClause":
        visit(c.value);
        break;
      case "HeaderClause":
        maybe(c.when, visit);
        visit(c.value);
        break;
      case "FooterClause":
        maybe(c.when, visit);
        visit(c.text);
        break;
      case "ElseClause":
        maybe(c.text, visit);
        break;
      case "OpenClause":
      case "MoreClause":
        visit(c.text);
        break;
      case "TextClause":
      case "AfterClause":
      case "EmptyClause":
      case "GatherClause":
      case "FallbackClause":
      case "InvalidClause":
    }
  }
}
