/** Second pass, flows: statements, asks and their blocks, which hold each other. */

import { ASK_WORDS } from "../syntax/ask-words.ts";
import type {
  Arm,
  Arrow,
  Ask,
  AskClause,
  Block,
  Call,
  ForRows,
  Let,
  Name,
  Option,
  Say,
  Send,
  SendKind,
  Statement,
} from "../syntax/ast.ts";
import { type Binder, declaredTwice, unknownName } from "./binder.ts";
import { bindAll, bindCallee, bindExpr, bindTarget, bindText, newSlot } from "./expressions.ts";
import { suggestTemplate } from "./templates.ts";

export function bindBlock(b: Binder, block: Block): void {
  const depth = b.locals.length;
  for (const statement of block.statements) bindStatement(b, statement);
  b.locals.length = depth;
}

export function bindArm(b: Binder, arm: Arm | undefined): void {
  if (arm?.kind === "Arrow") bindArrow(b, arm);
  else if (arm?.kind === "Block") bindBlock(b, arm);
}

/** The `else` of an action's call, where `failure` says why. */
function bindFailure(b: Binder, arm: Arm | undefined): void {
  if (!arm) return;
  const before = b.failing;
  b.failing = true;
  bindArm(b, arm);
  b.failing = before;
}

// One case for each kind of statement.
function bindStatement(b: Binder, s: Statement): void {
  switch (s.kind) {
    case "Say":
      return bindSay(b, s);
    case "Send":
      return bindSend(b, s);
    case "React":
      return bindText(b, s.emoji);
    case "Ask":
      return bindAsk(b, s);
    case "Let":
      return bindLet(b, s);
    case "Set":
      bindExpr(b, s.value);
      bindTarget(b, s.target);
      if (isActionCall(b, s.value.kind === "CallExpr" ? s.value.name : undefined)) b.state?.identified.push(s);
      return bindFailure(b, s.orElse);
    case "Do":
      bindAll(b, s.args);
      bindCallee(b, s.name, "action");
      b.state?.identified.push(s);
      return bindFailure(b, s.orElse);
    case "If":
      bindExpr(b, s.condition);
      bindBlock(b, s.then);
      if (s.orElse?.kind === "If") bindStatement(b, s.orElse);
      else if (s.orElse) bindBlock(b, s.orElse);
      return;
    case "Match":
      bindExpr(b, s.value);
      for (const arm of s.arms) bindArm(b, arm.arm);
      return;
    case "Schedule":
      bindAll(b, s.args);
      bindExpr(b, s.time);
      return bindScheduled(b, s.name);
    case "Cancel":
      if (s.name) bindScheduled(b, s.name);
      return;
    case "Wait":
      b.state?.identified.push(s);
      return bindExpr(b, s.time);
    case "Call":
      return bindCallFlow(b, s);
    case "Arrow":
      return bindArrow(b, s);
    case "Return":
      if (s.value) bindExpr(b, s.value);
      return;
    case "Handoff":
      b.state?.identified.push(s);
      bindText(b, s.queue);
      return bindArm(b, s.back?.arm);
    case "Typing":
    case "Forget":
    case "InvalidStatement":
  }
}

function isActionCall(b: Binder, name: Name | undefined): boolean {
  return name !== undefined && b.refs.get(name)?.kind === "action";
}

function bindLet(b: Binder, s: Let): void {
  bindExpr(b, s.value);
  if (isActionCall(b, s.value.kind === "CallExpr" ? s.value.name : undefined)) b.state?.identified.push(s);
  bindFailure(b, s.orElse);
  const name = s.name.text;
  if (name === "") return;
  const first = b.flow?.lets.get(`${b.state?.name ?? ""}.${name}`);
  if (first) declaredTwice(b, "`let`", name, s.name, first.name);
  const slot = newSlot(b, name);
  b.slots.set(s, slot);
  b.flow?.lets.set(slot, s);
  b.locals.push({ name, referent: { kind: "let", decl: s, slot } });
}

function bindSay(b: Binder, s: Say): void {
  b.state?.identified.push(s);
  bindText(b, s.body);
  for (const clause of s.clauses) {
    switch (clause.kind) {
      case "HeaderClause":
        bindExpr(b, clause.value);
        break;
      case "FooterClause":
        bindText(b, clause.text);
        break;
      case "LinkClause":
        bindText(b, clause.title);
        bindText(b, clause.url);
        break;
      case "Preview":
      case "Reply":
    }
  }
}

function bindSend(b: Binder, s: Send): void {
  b.state?.identified.push(s);
  bindSendKind(b, s.what);
}

// One case for each kind of send.
function bindSendKind(b: Binder, what: SendKind): void {
  switch (what.kind) {
    case "SendMedia":
      bindExpr(b, what.value);
      bindText(b, what.name);
      return bindText(b, what.caption);
    case "SendLocation":
      bindExpr(b, what.latitude);
      bindExpr(b, what.longitude);
      bindText(b, what.name);
      return bindText(b, what.address);
    case "SendContact":
      return bindExpr(b, what.value);
    case "SendProduct":
      bindExpr(b, what.value);
      return bindText(b, what.body);
    case "SendProducts":
      bindText(b, what.body);
      return bindClauses(b, what.clauses);
    case "SendCatalog":
      bindText(b, what.body);
      if (what.thumbnail) bindExpr(b, what.thumbnail);
      return;
    case "SendTemplate":
      bindAll(b, what.args);
      return suggestTemplate(b, what.name);
    case "SendCarousel":
      bindText(b, what.body);
      for (const card of what.cards) {
        bindExpr(b, card.value);
        bindText(b, card.body);
        for (const link of card.links) {
          bindText(b, link.title);
          bindText(b, link.url);
        }
      }
      return;
    case "SendInvalid":
  }
}

function bindScheduled(b: Binder, name: Name): void {
  const symbol = b.schedules.get(name.text);
  if (symbol) b.refs.set(name, { kind: "event", symbol });
  else unknownName(b, "`on scheduled` trigger", name, b.schedules.keys());
}

function bindCallFlow(b: Binder, s: Call): void {
  b.state?.identified.push(s);
  bindAll(b, s.args);
  bindFlow(b, s.name);
  if (!s.as) return;
  const referent = b.flow?.varRefs.get(s.as.text);
  if (referent) b.refs.set(s.as, referent);
  else unknownName(b, "variable", s.as, b.flow?.varRefs.keys() ?? []);
}

export function bindArrow(b: Binder, arrow: Arrow): void {
  if (arrow.target === "flow") {
    bindAll(b, arrow.args);
    return bindFlow(b, arrow.name);
  }
  if (arrow.target !== "state") return;
  const referent = b.flow?.stateRefs.get(arrow.name.text);
  if (referent) b.refs.set(arrow.name, referent);
  else unknownName(b, "state", arrow.name, b.flow?.stateRefs.keys() ?? []);
}

function bindFlow(b: Binder, name: Name): void {
  const decl = b.flows.get(name.text);
  if (!decl) return unknownName(b, "flow", name, b.flows.keys());
  b.refs.set(name, { kind: "flow", decl });
  if (!b.flow) return;
  const from = b.enteredFrom.get(decl);
  if (from) from.add(b.flow.decl);
  else b.enteredFrom.set(decl, new Set([b.flow.decl]));
}

// ---------------------------------------------------------------- asks

function bindAsk(b: Binder, ask: Ask): void {
  b.state?.identified.push(ask);
  const word = ask.askWord;
  if (word && !Object.hasOwn(ASK_WORDS, word.text)) unknownName(b, "kind of ask", word, Object.keys(ASK_WORDS));
  bindText(b, ask.body);
  if (ask.subject) bindExpr(b, ask.subject);
  if (ask.template) {
    bindAll(b, ask.template.args);
    suggestTemplate(b, ask.template.name);
  }
  if (ask.as) bindTarget(b, ask.as);
  bindClauses(b, ask.clauses);
}

function bindClauses(b: Binder, clauses: readonly AskClause[]): void {
  for (const clause of clauses) bindClause(b, clause);
}

// One case for each kind of clause.
export function bindClause(b: Binder, c: AskClause): void {
  switch (c.kind) {
    case "Option":
      return bindOption(b, c);
    case "Section":
      bindText(b, c.title);
      if (c.when) bindExpr(b, c.when);
      return bindClauses(b, c.clauses);
    case "ForRows":
      return bindRows(b, c);
    case "ProductClause":
    case "ThumbnailClause":
      return bindExpr(b, c.value);
    case "TextClause":
      for (const text of c.texts) if (text.kind === "TextExpr") bindText(b, text);
      return bindArm(b, c.arm);
    case "ElseClause":
      bindText(b, c.text);
      bindArm(b, c.retry?.arm);
      return bindArm(b, c.arm);
    case "AfterClause":
    case "EmptyClause":
      return bindArm(b, c.arm);
    case "HeaderClause":
      bindExpr(b, c.value);
      if (c.when) bindExpr(b, c.when);
      return;
    case "FooterClause":
      bindText(b, c.text);
      if (c.when) bindExpr(b, c.when);
      return;
    case "OpenClause":
    case "MoreClause":
      return bindText(b, c.text);
    case "GatherClause":
    case "FallbackClause":
    case "InvalidClause":
  }
}

function bindOption(b: Binder, option: Option): void {
  if (option.id.kind !== "Name") bindExpr(b, option.id);
  bindText(b, option.title);
  bindText(b, option.description);
  bindText(b, option.short);
  if (option.when) bindExpr(b, option.when);
  bindArm(b, option.arm);
}

function bindRows(b: Binder, rows: ForRows): void {
  bindExpr(b, rows.list);
  const slot = newSlot(b, rows.name.text);
  b.slots.set(rows, slot);
  b.locals.push({ name: rows.name.text, referent: { kind: "row", decl: rows, slot } });
  bindClauses(b, rows.clauses);
  b.locals.pop();
}
