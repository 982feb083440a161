/** P4001 and P4002: no free-form message can be sent outside the customer service window. */
import type { Names } from "../bind/names.ts";
import type { Related } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { type Ages, agesOf, type Step } from "../flow/ages.ts";
import { type FlowGraph, nodeAt } from "../flow/graph.ts";
import { type Late, type Overdue, overdue } from "../flow/overdue.ts";
import { showTime } from "../flow/time.ts";
import { sendLimit, timesOf } from "../flow/window.ts";
import type { Span } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";
import { fixesFor, shorter } from "./window-fixes.ts";
import { MAX_RELATED, messageName, messageSpan, wayTo } from "./window-words.ts";

interface Finding {
  readonly names: Names;
  readonly graph: FlowGraph;
  readonly ages: Ages;
  readonly limit: number;
  readonly report: Report;
}

export function window({ names, graph, settings }: FlowProgram, report: Report): void {
  const ages = agesOf(graph, timesOf(settings));
  const limit = sendLimit(settings.windowMarginMs);
  for (const cause of overdue(graph, ages, limit)) reportCause({ names, graph, ages, limit, report }, cause);
}

function reportCause(finding: Finding, cause: Overdue): void {
  const { names, graph, ages, limit, report } = finding;
  const business = businessTrigger(graph, cause.step);
  const others: Late[] = [];
  for (const late of cause.messages) {
    if (business === undefined || late.afterTemplate) others.push(late);
    else reportFirst(finding, late, business);
  }
  const [first] = others;
  if (!first) return;
  const args = {
    message: messageName(first.node),
    age: showTime(sure(ages.at[first.node.id]), limit),
    limit: showTime(limit),
  };
  const related = [...wayTo(graph, ages, first, limit), ...others.slice(1, MAX_RELATED).map(alsoSent)];
  const less = shorter(graph, ages, limit, cause);
  const fixes = [...fixesFor(names, others), ...(less ? [less] : [])];
  report(diagnostic("P4001", place(cause.step.span), args, { related, fixes }));
}

function reportFirst({ names, report }: Finding, late: Late, trigger: BusinessTrigger): void {
  const related = [{ span: trigger.span, message: "the business starts the conversation here" }];
  const args = { message: messageName(late.node), trigger: trigger.name };
  const fixes = fixesFor(names, [late]);
  report(diagnostic("P4002", place(messageSpan(late.node)), args, { related, fixes }));
}

interface BusinessTrigger {
  readonly name: string;
  readonly span: Span;
}

/** `on event`, or a `schedule … at` that leads to `on scheduled`. */
function businessTrigger(graph: FlowGraph, { edge }: Step): BusinessTrigger | undefined {
  if (!edge) return undefined;
  const { what } = nodeAt(graph, edge.from);
  if (what.kind === "trigger" && what.syntax.on.kind === "OnEvent") {
    return { name: `\`on event ${what.syntax.on.name.text}\``, span: place(what.syntax) };
  }
  if (what.kind !== "schedule" || edge.cause.kind !== "scheduled" || what.syntax.when !== "at") return undefined;
  return { name: `\`schedule ${edge.cause.name} at\``, span: place(what.syntax) };
}

function alsoSent({ node }: Late): Related {
  return { span: place(messageSpan(node)), message: `${messageName(node)} is reached by the same path` };
}
