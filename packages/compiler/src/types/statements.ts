/** Statements and their blocks: each says whether every way through it leaves, and moves the facts on. */
import { calledAction } from "../bind/names.ts";
import type {
  ActionDecl,
  Arm,
  Arrow,
  Block,
  Call,
  CallExpr,
  Do,
  Expr,
  If,
  Let,
  Match,
  Return,
  Say,
  Schedule,
  Send,
  Set as SetStatement,
  Statement,
} from "../syntax/ast.ts";
import { typeAsk, typeClauses, typeHeader } from "./asks.ts";
import { optional, UNKNOWN } from "./builtins.ts";
import { checkArgs, checkEach, typeActionCall } from "./calls.ts";
import { check, checkCondition, infer, inferPresent, typeText } from "./expressions.ts";
import { afterPause, assume, type Facts, meet, withFact, withoutPath } from "./facts.ts";
import { typeMatch } from "./match.ts";
import { doesNotFit } from "./mismatch.ts";
import { fits, isOptional } from "./relations.ts";
import { typeSend } from "./sends.ts";
import { show } from "./show.ts";
import { targetOf } from "./targets.ts";
import type { Type } from "./type.ts";
import { mistake, report, type Typer } from "./typer.ts";

export function typeBlock(t: Typer, block: Block): boolean {
  let leaves = false;
  for (const statement of block.statements) if (typeStatement(t, statement)) leaves = true;
  return leaves;
}

export function typeArm(t: Typer, arm: Arm): boolean {
  switch (arm.kind) {
    case "Arrow":
      typeArrow(t, arm);
      return true;
    case "Block":
      return typeBlock(t, arm);
    case "MissingArm":
      return true;
  }
}

// One case for each kind of statement.
function typeStatement(t: Typer, s: Statement): boolean {
  switch (s.kind) {
    case "Say":
      typeSay(t, s);
      return false;
    case "Send":
      typeSendStatement(t, s);
      return false;
    case "React":
      typeText(t, s.emoji);
      return false;
    case "Ask":
      return typeAsk(t, s, typeArm);
    case "Let":
      return typeLet(t, s);
    case "Set":
      return typeSet(t, s);
    case "Do":
      return typeDo(t, s);
    case "If":
      return typeIf(t, s);
    case "Match":
      return typeMatchStatement(t, s);
    case "Schedule":
      typeSchedule(t, s);
      return false;
    case "Wait":
      checkWait(t, s.time);
      t.facts = afterPause(t.facts);
      return false;
    case "Call":
      typeCall(t, s);
      return false;
    case "Arrow":
      typeArrow(t, s);
      return true;
    case "Return":
      typeReturn(t, s);
      return true;
    case "Handoff":
      typeText(t, s.queue);
      t.facts = afterPause(t.facts);
      if (s.back) typeArm(t, s.back.arm);
      return true;
    case "Forget":
      return true;
    case "Cancel":
    case "Typing":
    case "InvalidStatement":
      return false;
  }
}

// ---------------------------------------------------------------- messages

function typeSay(t: Typer, s: Say): void {
  typeText(t, s.body);
  for (const clause of s.clauses) {
    if (clause.kind === "HeaderClause") typeHeader(t, clause);
    else if (clause.kind === "FooterClause") typeText(t, clause.text);
    else if (clause.kind === "LinkClause") {
      typeText(t, clause.title);
      typeText(t, clause.url);
    }
  }
}

function typeSendStatement(t: Typer, s: Send): void {
  if (s.what.kind === "SendProducts") {
    typeText(t, s.what.body);
    typeClauses(t, s.what.clauses, typeArm);
  } else {
    typeSend(t, s.what);
  }
}

// ---------------------------------------------------------------- values

function typeLet(t: Typer, s: Let): boolean {
  const action = s.value.kind === "CallExpr" ? calledAction(t.names, s.value) : undefined;
  if (!action || s.value.kind !== "CallExpr") {
    if (s.orElse) unexpectedElse(t, s.value, s.orElse);
    t.ofDecl.set(s, infer(t, s.value));
    return false;
  }
  const result = resultOf(t, s.value, action);
  const fails = typeFailure(t, action, s);
  // An `else` that goes on after the call leaves the name without a value.
  t.ofDecl.set(s, fails === "goes on" ? optional(result) : result);
  return false;
}

function typeSet(t: Typer, s: SetStatement): boolean {
  const target = targetOf(t, s.target);
  const action = s.value.kind === "CallExpr" ? calledAction(t.names, s.value) : undefined;
  let type: Type;
  let fails: Failure = "no";
  if (action && s.value.kind === "CallExpr") {
    type = resultOf(t, s.value, action);
    if (target && !fits(type, target.type)) doesNotFit(t, s.value, type, target.type, target.name);
    fails = typeFailure(t, action, s);
  } else {
    if (s.orElse) unexpectedElse(t, s.value, s.orElse);
    type = target ? check(t, s.value, target.type, target.name) : infer(t, s.value);
  }
  if (target) {
    const facts = withoutPath(t.facts, target.path);
    const known = fails !== "goes on" && target.type.kind === "optional" && !isOptional(type);
    t.facts = known ? withFact(facts, target.path, target.type.kind === "optional" ? target.type.of : type) : facts;
  }
  return false;
}

function typeDo(t: Typer, s: Do): boolean {
  typeActionCall(t, s);
  const action = calledAction(t.names, s);
  if (action) typeFailure(t, action, s);
  else if (s.orElse) typeBeside(t, s.orElse);
  return false;
}

function resultOf(t: Typer, call: CallExpr, action: ActionDecl): Type {
  const type = typeActionCall(t, call);
  if (type) return type;
  mistake(t, call, `the action \`${action.name.text}\` gives no result, call it with \`do\``);
  return UNKNOWN;
}

/** What follows a failure of an action's call. */
type Failure = "no" | "leaves" | "goes on";

function typeFailure(t: Typer, action: ActionDecl, s: Let | SetStatement | Do): Failure {
  if (s.orElse) return typeBeside(t, s.orElse) ? "leaves" : "goes on";
  if (action.clauses.some((clause) => clause.kind === "Infallible")) return "no";
  const at = s.kind === "Do" ? s.name : s.value;
  const end = { source: s.source, start: s.end, end: s.end };
  report(t, "P2008", at, { action: action.name.text }, [
    { title: "End the conversation when it fails", safe: false, edits: [{ span: end, text: " else -> end" }] },
  ]);
  return "no";
}

/** An arm beside the main way: its facts meet those of the way, unless it leaves. */
function typeBeside(t: Typer, arm: Arm): boolean {
  const before = t.facts;
  const leaves = typeArm(t, arm);
  t.facts = leaves ? before : meet([before, t.facts]);
  return leaves;
}

function unexpectedElse(t: Typer, value: Expr, arm: Arm): void {
  // What is called may be an action whose name is misspelt.
  const unknown = value.kind === "MissingExpr" || (value.kind === "CallExpr" && !t.names.refs.has(value.name));
  if (!unknown) mistake(t, arm, "only the call of an action can fail, so `else` has no place here");
  typeBeside(t, arm);
}

// ---------------------------------------------------------------- branches

function typeIf(t: Typer, s: If): boolean {
  checkCondition(t, s.condition);
  const before = t.facts;
  t.facts = assume(t, s.condition, true, before);
  const ways: Facts[] = [];
  if (!typeBlock(t, s.then)) ways.push(t.facts);
  t.facts = assume(t, s.condition, false, before);
  const otherLeaves = s.orElse !== undefined && (s.orElse.kind === "If" ? typeIf(t, s.orElse) : typeBlock(t, s.orElse));
  if (!otherLeaves) ways.push(t.facts);
  t.facts = ways.length > 0 ? meet(ways) : before;
  return ways.length === 0;
}

function typeMatchStatement(t: Typer, s: Match): boolean {
  const exhaustive = typeMatch(t, s);
  const before = t.facts;
  const ways: Facts[] = exhaustive ? [] : [before];
  for (const arm of s.arms) {
    t.facts = before;
    if (!typeArm(t, arm.arm)) ways.push(t.facts);
  }
  t.facts = ways.length > 0 ? meet(ways) : before;
  return ways.length === 0;
}

// ---------------------------------------------------------------- time and flows

function checkWait(t: Typer, time: Expr): void {
  const type = inferPresent(t, time);
  if (type.kind === "duration" || type.kind === "moment" || type.kind === "unknown") return;
  mistake(t, time, `\`wait\` takes a duration or a moment, this is \`${show(type)}\``);
}

function typeSchedule(t: Typer, s: Schedule): void {
  const referent = t.names.refs.get(s.name);
  if (referent?.kind === "event") checkArgs(t, s.name, "the event", referent.symbol.params, s.args);
  else checkEach(t, [], s.args);
  const [wanted, place] = s.when === "in" ? (["duration", "`in`"] as const) : (["moment", "`at`"] as const);
  check(t, s.time, { kind: wanted }, place);
}

function typeCall(t: Typer, s: Call): void {
  const referent = t.names.refs.get(s.name);
  if (referent?.kind === "flow") {
    checkArgs(t, s.name, "the flow", referent.decl.params, s.args);
    if (s.as) typeCallResult(t, s, referent.decl.result && t.ofType.get(referent.decl.result));
  } else {
    checkEach(t, [], s.args);
  }
  t.facts = afterPause(t.facts);
  const target = s.as && t.names.refs.get(s.as);
  if (target?.kind === "var") t.facts = withoutPath(t.facts, `var ${target.slot}`);
}

function typeCallResult(t: Typer, s: Call, result: Type | undefined): void {
  if (!s.as) return;
  const target = t.names.refs.get(s.as);
  if (!target) return;
  if (!result) return mistake(t, s.as, `the flow \`${s.name.text}\` gives no result`);
  const wanted = target.kind === "var" ? t.ofDecl.get(target.decl) : undefined;
  if (!wanted || fits(result, wanted)) return;
  report(t, "P2003", s.as, { problem: "type", found: show(result), wanted: show(wanted), place: `\`${s.as.text}\`` });
}

export function typeArrow(t: Typer, arrow: Arrow): void {
  if (arrow.target !== "flow") return;
  const referent = t.names.refs.get(arrow.name);
  if (referent?.kind !== "flow") return checkEach(t, [], arrow.args);
  const { decl } = referent;
  checkArgs(t, arrow.name, "the flow", decl.params, arrow.args);
  if (!t.flow || t.flow === decl) return;
  const wanted = t.flow.result && t.ofType.get(t.flow.result);
  const given = decl.result && t.ofType.get(decl.result);
  if (wanted && given ? fits(given, wanted) : wanted === given) return;
  const words = (type: Type | undefined): string => (type ? `gives \`${show(type)}\`` : "gives no result");
  mistake(t, arrow.name, `\`${decl.name.text}\` ${words(given)}, this flow ${words(wanted)}`);
}

function typeReturn(t: Typer, s: Return): void {
  const wanted = t.flow?.result && t.ofType.get(t.flow.result);
  if (s.value && wanted) check(t, s.value, wanted, "the flow's result");
  else if (s.value) {
    infer(t, s.value);
    if (t.flow && !t.flow.result) mistake(t, s.value, `the flow \`${t.flow.name.text}\` gives no result`);
  } else if (wanted && wanted.kind !== "unknown") {
    mistake(t, s, `the flow gives \`${show(wanted)}\`, so \`return\` needs a value`);
  }
}
