/** Tests: values against what the project declares. */
import type { Expectation, Expr, TestDecl, TestStep } from "../syntax/ast.ts";
import { CART, NUMBER, REPLY } from "./builtins.ts";
import { checkArgs, checkEach } from "./calls.ts";
import { check, checkCondition, infer, typeText } from "./expressions.ts";
import { NO_FACTS, REPLY_PATH } from "./facts.ts";
import { mistake, report, type Typer } from "./typer.ts";

export function typeTest(t: Typer, test: TestDecl): void {
  // A test speaks of values as they are when it runs: nothing is known, nothing is missing.
  t.facts = new Map([[REPLY_PATH, REPLY]]);
  for (const step of test.steps) typeStep(t, step);
  t.facts = NO_FACTS;
}

// One case for each kind of step.
function typeStep(t: Typer, s: TestStep): void {
  switch (s.kind) {
    case "UserSays":
      return typeText(t, s.text);
    case "UserTaps":
      return s.option.kind === "TextExpr" ? typeText(t, s.option) : undefined;
    case "UserOpens":
      return typeText(t, s.ad);
    case "UserReacts":
      return typeText(t, s.emoji);
    case "UserSendsLocation":
      check(t, s.latitude, NUMBER, "a latitude");
      check(t, s.longitude, NUMBER, "a longitude");
      return;
    case "UserSendsValue":
      if (s.what === "order") check(t, s.value, CART, "an order");
      else infer(t, s.value);
      return;
    case "RaiseEvent": {
      const referent = t.names.refs.get(s.name);
      if (referent?.kind === "event") checkArgs(t, s.name, "the event", referent.symbol.params, s.args);
      else checkEach(t, [], s.args);
      return;
    }
    case "Mock":
      return typeMock(t, s);
    case "Expect":
      typeText(t, s.containing);
      if (s.option?.kind === "TextExpr") typeText(t, s.option);
      return typeExpectation(t, s.what);
    case "UserSendsMedia":
    case "Advance":
    case "DeliverTwice":
    case "DeliverLate":
    case "FailDelivery":
    case "Release":
    case "UseLocale":
    case "InvalidStep":
  }
}

function typeMock(t: Typer, s: TestStep & { kind: "Mock" }): void {
  if (!s.value) return;
  const referent = t.names.refs.get(s.name);
  const result = referent?.kind === "action" ? referent.decl.result : undefined;
  const type = result && t.ofType.get(result);
  if (type) check(t, s.value, type, `the result of \`${s.name.text}\``);
  else {
    infer(t, s.value);
    // `none` is what an action without a result answers.
    if (referent?.kind === "action" && s.value.kind !== "NoneExpr")
      mistake(t, s.value, `the action \`${s.name.text}\` gives no result`);
  }
}

function typeExpectation(t: Typer, what: Expectation): void {
  switch (what.kind) {
    case "ExpectThat":
      return checkCondition(t, what.condition);
    case "ExpectCall":
      return expectCall(t, what, what.args);
    case "ExpectSent":
    case "ExpectTemplate":
    case "ExpectState":
    case "ExpectNothing":
    case "ExpectEnd":
    case "ExpectHandoff":
    case "ExpectInvalid":
  }
}

function expectCall(t: Typer, what: Expectation & { kind: "ExpectCall" }, args: readonly Expr[]): void {
  const referent = t.names.refs.get(what.name);
  if (referent?.kind !== "action") return checkEach(t, [], args);
  const { params } = referent.decl;
  if (args.length > params.length) {
    const count = { of: `the action \`${what.name.text}\``, min: 0, max: params.length, count: args.length };
    report(t, "P2006", what.name, count);
  }
  checkEach(t, params, args);
}
