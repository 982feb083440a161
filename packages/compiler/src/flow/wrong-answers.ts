/** How often an ask is sent again for answers that do not fit. */
import type { ElseClause } from "../syntax/ast.ts";
import type { Node } from "./graph.ts";

/** Without any `else` the ask is sent again twice. */
export function wrongAnswers(clause: ElseClause | undefined): number {
  if (!clause) return 2;
  if (clause.retry) return clause.retry.count;
  if (clause.text) return Number.POSITIVE_INFINITY;
  return clause.arm?.kind === "Block" ? Number.POSITIVE_INFINITY : 0;
}

/** The ask's own, or that of its flow. */
export function elseOf({ what, flow }: Node): ElseClause | undefined {
  if (what.kind !== "ask") return undefined;
  const mine = what.syntax.clauses.find((c) => c.kind === "ElseClause");
  return mine ?? (what.syntax.ask === "template" ? undefined : flow.elses[0]);
}
