/** P5007: a block of `after` or `else` of an ask may not ask, wait or call. */
import { calledAction, type Names } from "../bind/names.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { AfterClause, Arm, ElseClause, Statement } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

export function arms({ names, graph }: FlowProgram, report: Report): void {
  const check = (clause: AfterClause | ElseClause): void => {
    const word = clause.kind === "AfterClause" ? "after" : "else";
    // The arm behind `retry` has left the ask: it may do what it likes.
    const arm = clause.kind === "AfterClause" ? clause.arm : clause.text ? undefined : clause.arm;
    for (const { what, span } of pausesIn(names, arm)) report(diagnostic("P5007", place(span), { what, clause: word }));
  };
  for (const id of graph.asks) {
    const what = graph.nodes[id]?.what;
    if (what?.kind !== "ask") continue;
    for (const clause of what.syntax.clauses) {
      if (clause.kind === "AfterClause" || clause.kind === "ElseClause") check(clause);
    }
  }
  for (const flow of names.flows.values()) {
    flow.elses.forEach(check);
    flow.afters.forEach(check);
  }
}

interface Pause {
  readonly what: string;
  readonly span: Span;
}

function pausesIn(names: Names, arm: Arm | undefined): readonly Pause[] {
  return arm?.kind === "Block" ? arm.statements.flatMap((s) => pausesOf(names, s)) : [];
}

function pausesOf(names: Names, s: Statement): readonly Pause[] {
  switch (s.kind) {
    case "Ask":
      return [{ what: "an ask", span: s.body ?? s }];
    case "Wait":
      return [{ what: "`wait`", span: s }];
    case "Call":
      return [{ what: "a call", span: s }];
    case "Do":
      return [{ what: "a call of an action", span: s }, ...pausesIn(names, s.orElse)];
    case "Let":
    case "Set":
      if (s.value.kind !== "CallExpr" || !calledAction(names, s.value)) return [];
      return [{ what: "a call of an action", span: s.value }, ...pausesIn(names, s.orElse)];
    case "If":
      return [
        ...pausesIn(names, s.then),
        ...(s.orElse?.kind === "If" ? pausesOf(names, s.orElse) : pausesIn(names, s.orElse)),
      ];
    case "Match":
      return s.arms.flatMap((a) => pausesIn(names, a.arm));
    default:
      return [];
  }
}
