/** `test` declarations as data for the simulator. */
import type { Expr as Code, Expectation, TestStep as StepDef, TestDef, TestPlace } from "@parley/machine";
import type { Expectation as ExpectationSyntax, Name, Path, TestDecl, TestStep, TextExpr } from "../syntax/ast.ts";
import { positionAt, type Span, spanText } from "../text/source.ts";
import { literalText, lowerExpr } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";

export function lowerTest(l: Lowering, test: TestDecl): TestDef {
  return {
    title: literalText(test.title),
    ...(test.flow ? { flow: test.flow.text } : {}),
    at: placeOf(test.title),
    steps: test.steps.flatMap((step) => {
      const what = lowerStep(l, step);
      return what ? [{ at: placeOf(step), ...what }] : [];
    }),
  };
}

function placeOf(span: Span): TestPlace {
  const { line, column } = positionAt(span.source, span.start);
  return { file: span.source.path, line, column, source: spanText(span).replace(/\s+/g, " ").trim() };
}

type Step<T> = T extends unknown ? Omit<T, "at"> : never;

// One case for each kind of step.
function lowerStep(l: Lowering, s: TestStep): Step<StepDef> | undefined {
  switch (s.kind) {
    case "UserSays":
      return { kind: "says", text: literalText(s.text) };
    case "UserTaps": {
      const of = s.of && placeName(l, s.of);
      return { kind: "taps", option: wordOf(s.option), ...(of === undefined ? {} : { of }) };
    }
    case "UserOpens":
      return { kind: "opens", ad: literalText(s.ad) };
    case "UserReacts":
      return { kind: "reacts", emoji: literalText(s.emoji) };
    case "UserSendsLocation":
      return { kind: "sendsLocation", latitude: lowerExpr(l, s.latitude), longitude: lowerExpr(l, s.longitude) };
    case "UserSendsValue":
      return { kind: "sendsValue", what: s.what, value: lowerExpr(l, s.value) };
    case "UserSendsMedia":
      return { kind: "sendsMedia", what: s.what };
    case "Advance":
      return { kind: "advance", ms: s.duration.value };
    case "RaiseEvent":
      return { kind: "event", name: s.name.text, args: lowerAll(l, s.args) };
    case "Mock":
      return {
        kind: "mock",
        action: s.name.text,
        behaviour: s.behaviour,
        ...(s.value ? { value: lowerExpr(l, s.value) } : {}),
      };
    case "DeliverTwice":
      return { kind: "deliverTwice" };
    case "DeliverLate":
      return { kind: "deliverLate", ms: s.duration.value };
    case "FailDelivery":
      return { kind: "failDelivery" };
    case "Release":
      return { kind: "release" };
    case "UseLocale":
      return { kind: "locale", name: s.name.text };
    case "Expect": {
      const what = lowerExpectation(l, s.what, s.containing, s.option);
      return what && { kind: "expect", what };
    }
    case "InvalidStep":
      return undefined;
  }
}

function lowerAll(l: Lowering, exprs: readonly Parameters<typeof lowerExpr>[1][]): readonly Code[] {
  return exprs.map((expr) => lowerExpr(l, expr));
}

function lowerExpectation(
  l: Lowering,
  what: ExpectationSyntax,
  containing: TextExpr | undefined,
  option: Name | TextExpr | undefined,
): Expectation | undefined {
  const more = {
    ...(containing ? { containing: literalText(containing) } : {}),
    ...(option ? { option: wordOf(option) } : {}),
  };
  switch (what.kind) {
    case "ExpectSent":
      return { kind: "sent", sent: what.word, ...more };
    case "ExpectTemplate":
      return { kind: "template", template: what.name.text, ...more };
    case "ExpectThat":
      return { kind: "that", condition: lowerExpr(l, what.condition) };
    case "ExpectCall":
      return { kind: "call", action: what.name.text, args: lowerAll(l, what.args) };
    case "ExpectState":
      return { kind: "state", path: placeName(l, what.path) };
    case "ExpectNothing":
      return { kind: "nothing" };
    case "ExpectEnd":
      return { kind: "end" };
    case "ExpectHandoff":
      return { kind: "handoff" };
    case "ExpectInvalid":
      return undefined;
  }
}

function wordOf(word: Name | TextExpr): string {
  return word.kind === "Name" ? word.text : literalText(word);
}

function placeName(l: Lowering, path: Path): string {
  return l.names.places.get(path) ?? spanText(path);
}
