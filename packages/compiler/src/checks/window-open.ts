/** P4001 and P4002: no free-form message can be sent outside the customer service window. */
import type { Fix, Related } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { type Ages, agesOf, type Step } from "../flow/ages.ts";
import { type FlowGraph, type Node, type NodeId, nodeAt } from "../flow/graph.ts";
import { showTime } from "../flow/time.ts";
import { openLimit, sendLimit } from "../flow/window.ts";
import type { Span } from "../text/source.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

export function window({ graph, settings }: FlowProgram, report: Report): void {
  const ages = agesOf(graph, openLimit(settings.windowMarginMs));
  const limit = sendLimit(settings.windowMarginMs);
  const causes = new Map<string, Cause>();
  for (const node of graph.nodes) {
    if (isFreeForm(node) && (ages.at[node.id] ?? 0) > limit) collect(graph, ages, limit, causes, node);
  }
  for (const cause of causes.values()) reportCause(graph, ages, limit, cause, report);
}

/** What can only be sent while the window is open. */
export function isFreeForm({ what }: Node): boolean {
  return (what.kind === "message" || what.kind === "ask") && !what.template;
}

/** One place where an age gets too great, and the messages that it reaches first. */
interface Cause {
  readonly step: Step;
  readonly messages: Offender[];
}

interface Offender {
  readonly node: Node;
  /** From the beginning to the message. */
  readonly path: readonly Visit[];
  /** A template was sent before it since the age became too great. */
  readonly afterTemplate: boolean;
}

interface Visit {
  readonly step: Step;
  readonly to: NodeId;
}

function collect(graph: FlowGraph, ages: Ages, limit: number, causes: Map<string, Cause>, node: Node): void {
  const path = pathTo(ages, node.id);
  const at = path.findIndex(({ step, to }) => step.repeats || (ages.at[to] ?? 0) > limit);
  const crossing = path[at];
  if (!crossing) return;
  const between = path.slice(at, -1).map(({ to }) => graph.nodes[to]);
  if (between.some((before) => before && isFreeForm(before))) return;
  const afterTemplate = between.some(
    (before) => (before?.what.kind === "message" || before?.what.kind === "ask") && before.what.template,
  );
  const { span } = crossing.step;
  const key = `${span.source.path} ${span.start} ${crossing.step.from}`;
  const known = causes.get(key);
  const offender = { node, path, afterTemplate };
  if (known) known.messages.push(offender);
  else causes.set(key, { step: crossing.step, messages: [offender] });
}

/** The way on which the greatest age comes to a node, from where the user last wrote or nobody ever did. */
function pathTo(ages: Ages, end: NodeId): readonly Visit[] {
  const path: Visit[] = [];
  const seen = new Set<NodeId>();
  for (let to = end; ; ) {
    if (seen.has(to)) {
      // An interruption can take up its own flow: the way begins where it began, not where it was taken up.
      path.pop();
      break;
    }
    seen.add(to);
    const step = ages.from[to];
    if (!step) break;
    path.push({ step, to });
    if (step.fresh || step.repeats) break;
    to = step.from;
  }
  return path.reverse();
}

// ---------------------------------------------------------------- words

function reportCause(graph: FlowGraph, ages: Ages, limit: number, cause: Cause, report: Report): void {
  const business = businessTrigger(graph, cause.step);
  const others: Offender[] = [];
  for (const offender of cause.messages) {
    if (business === undefined || offender.afterTemplate) others.push(offender);
    else reportFirst(offender, business, report);
  }
  const [first] = others;
  if (!first) return;
  const args = {
    message: messageName(first.node),
    age: showTime(ages.at[first.node.id] ?? 0),
    limit: showTime(limit),
  };
  const related = [...pathRelated(graph, ages, first), ...others.slice(1, MAX_RELATED).map(alsoSent)];
  report(diagnostic("P4001", place(cause.step.span), args, { related, fixes: [wrapFix(others)] }));
}

function reportFirst(
  { node }: Offender,
  trigger: { readonly name: string; readonly span: Span },
  report: Report,
): void {
  const related = [{ span: trigger.span, message: "the business starts the conversation here" }];
  const args = { message: messageName(node), trigger: trigger.name };
  const fixes = [wrapFix([{ node }])];
  report(diagnostic("P4002", place(messageSpan(node)), args, { related, fixes }));
}

/** `on event`, or a `schedule … at` that leads to `on scheduled`. */
function businessTrigger(graph: FlowGraph, { edge }: Step): { readonly name: string; readonly span: Span } | undefined {
  if (!edge) return undefined;
  const { what } = nodeAt(graph, edge.from);
  if (what.kind === "trigger" && what.syntax.on.kind === "OnEvent") {
    return { name: `\`on event ${what.syntax.on.name.text}\``, span: place(what.syntax) };
  }
  if (what.kind !== "schedule" || edge.cause.kind !== "scheduled" || what.syntax.when !== "at") return undefined;
  return { name: `\`schedule ${edge.cause.name} at\``, span: place(what.syntax) };
}

/** Enough to understand a path; an editor shows no more either. */
const MAX_RELATED = 12;

function pathRelated(graph: FlowGraph, ages: Ages, { node, path }: Offender): readonly Related[] {
  const told = path.filter(
    ({ step, to }) => step.fresh || step.repeats || takesTime(ages, step, to) || isState(graph, to),
  );
  const shown = told.length <= MAX_RELATED ? told : [...told.slice(0, 4), ...told.slice(4 - MAX_RELATED)];
  return [
    ...shown.map(({ step, to }) => ({ span: place(step.span), message: visitText(graph, ages, step, to) })),
    { span: place(messageSpan(node)), message: `${showTime(ages.at[node.id] ?? 0)}: ${messageName(node)} is sent` },
  ];
}

function takesTime(ages: Ages, step: Step, to: NodeId): boolean {
  return (ages.at[to] ?? 0) > (ages.at[step.from] ?? 0);
}

function isState(graph: FlowGraph, id: NodeId): boolean {
  return graph.nodes[id]?.what.kind === "state";
}

function visitText(graph: FlowGraph, ages: Ages, step: Step, to: NodeId): string {
  const age = showTime(ages.at[to] ?? 0);
  if (step.repeats) return `${age}: each time round the loop adds to it`;
  if (step.fresh) return `${age}: the user writes`;
  const target = graph.nodes[to];
  if (target?.what.kind === "state") return `${age}: to \`${target.what.syntax.name.text}\``;
  return `${age} after the user's last message`;
}

function alsoSent({ node }: Offender): Related {
  return { span: place(messageSpan(node)), message: `${messageName(node)} is reached by the same path` };
}

export function messageName({ what }: Node): string {
  if (what.kind === "ask") return "`ask`";
  if (what.kind !== "message") return "a message";
  switch (what.syntax.kind) {
    case "Say":
      return "`say`";
    case "React":
      return "`react`";
    case "Send":
      return "`send`";
  }
}

function messageSpan({ what, flow }: Node): Span {
  return what.kind === "message" || what.kind === "ask" ? what.syntax : flow.name;
}

function wrapFix(messages: readonly { readonly node: Node }[]): Fix {
  const edits = messages.flatMap(({ node }) => {
    const { source, start, end } = messageSpan(node);
    return [
      { span: { source, start, end: start }, text: "if window.open { " },
      { span: { source, start: end, end }, text: " }" },
    ];
  });
  return { title: "Send it only while the window is open", safe: false, edits };
}
