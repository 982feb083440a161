/** Second pass, tests: what their steps name in the project. */
import type { Expectation, Path, TestDecl, TestStep } from "../syntax/ast.ts";
import { type Binder, type FlowScope, unknownName } from "./binder.ts";
import { bindAll, bindCallee, bindExpr, bindText } from "./expressions.ts";

export function bindTest(b: Binder, test: TestDecl): void {
  b.flow = undefined;
  if (test.flow) {
    const decl = b.flows.get(test.flow.text);
    if (decl) {
      b.refs.set(test.flow, { kind: "flow", decl });
      b.flow = b.inFlow.get(decl);
    } else {
      unknownName(b, "flow", test.flow, b.flows.keys());
      b.lost = true;
    }
  }
  for (const step of test.steps) bindStep(b, step);
  b.flow = undefined;
  b.lost = false;
}

// One case for each kind of step.
function bindStep(b: Binder, s: TestStep): void {
  switch (s.kind) {
    case "UserSays":
      return bindText(b, s.text);
    case "UserTaps":
      if (s.option.kind === "TextExpr") bindText(b, s.option);
      if (s.of) bindAskPath(b, s.of);
      return;
    case "UserOpens":
      return bindText(b, s.ad);
    case "UserReacts":
      return bindText(b, s.emoji);
    case "UserSendsLocation":
      bindExpr(b, s.latitude);
      return bindExpr(b, s.longitude);
    case "UserSendsValue":
      return bindExpr(b, s.value);
    case "RaiseEvent": {
      bindAll(b, s.args);
      const symbol = b.events.get(s.name.text);
      if (symbol) b.refs.set(s.name, { kind: "event", symbol });
      else unknownName(b, "event", s.name, b.events.keys());
      return;
    }
    case "Mock":
      bindCallee(b, s.name, "action");
      if (s.value) bindExpr(b, s.value);
      return;
    case "Expect":
      bindText(b, s.containing);
      if (s.option?.kind === "TextExpr") bindText(b, s.option);
      return bindExpectation(b, s.what);
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

function bindExpectation(b: Binder, what: Expectation): void {
  switch (what.kind) {
    case "ExpectTemplate": {
      const decl = b.templates.get(what.name.text);
      if (decl) b.refs.set(what.name, { kind: "template", decl });
      else unknownName(b, "template", what.name, b.templates.keys());
      return;
    }
    case "ExpectThat":
      return bindExpr(b, what.condition);
    case "ExpectCall":
      bindAll(b, what.args);
      return bindCallee(b, what.name, "action");
    case "ExpectState":
      return bindStatePath(b, what.path);
    case "ExpectSent":
    case "ExpectNothing":
    case "ExpectEnd":
    case "ExpectHandoff":
    case "ExpectInvalid":
  }
}

/** An ask by its id, in `in FLOW` also without the flow's name, then also by its own name alone. */
function bindAskPath(b: Binder, path: Path): void {
  const text = pathText(path);
  if (text === "") return;
  for (const flow of flowsOf(b, path)) {
    const id = askIn(flow, text);
    if (id === undefined) continue;
    b.places.set(path, id);
    return;
  }
  if (!b.lost) unknownName(b, "ask", { ...path, text }, b.flow ? askNames(b.flow) : allAsks(b));
}

function askIn(flow: FlowScope, text: string): string | undefined {
  if (flow.asks.has(text)) return text;
  const within = `${flow.decl.name.text}.${text}`;
  if (flow.asks.has(within)) return within;
  if (text.includes(".")) return undefined;
  const named = [...flow.asks.keys()].filter((id) => id.endsWith(`.${text}`));
  return named.length === 1 ? named[0] : undefined;
}

/** `flow.state` or `flow.state.ask`, in `in FLOW` also without the flow's name. */
function bindStatePath(b: Binder, path: Path): void {
  const text = pathText(path);
  if (text === "") return;
  for (const flow of flowsOf(b, path)) {
    const name = flow.decl.name.text;
    const rest = text.startsWith(`${name}.`) ? text.slice(name.length + 1) : text;
    if (!flow.states.has(rest) && !flow.asks.has(`${name}.${rest}`)) continue;
    b.places.set(path, `${name}.${rest}`);
    return;
  }
  if (!b.lost) unknownName(b, "state", { ...path, text }, b.flow ? b.flow.states.keys() : allStates(b));
}

/** The flow that the path begins with, and the test's own. */
function flowsOf(b: Binder, path: Path): readonly FlowScope[] {
  const [first, ...rest] = path.steps;
  const decl = first?.kind === "Name" && rest.length > 0 ? b.flows.get(first.text) : undefined;
  const named = decl && b.inFlow.get(decl);
  return [...(b.flow ? [b.flow] : []), ...(named && named !== b.flow ? [named] : [])];
}

function askNames(flow: FlowScope): readonly string[] {
  return [...flow.asks.keys()].map((id) => id.slice(flow.decl.name.text.length + 1));
}

function allAsks(b: Binder): readonly string[] {
  return [...b.inFlow.values()].flatMap((flow) => [...flow.asks.keys()]);
}

function allStates(b: Binder): readonly string[] {
  return [...b.inFlow.values()].flatMap((flow) =>
    [...flow.states.keys()].map((state) => `${flow.decl.name.text}.${state}`),
  );
}

function pathText(path: Path): string {
  return path.steps.map((step) => (step.kind === "Name" ? step.text : String(step.value))).join(".");
}
