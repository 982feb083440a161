/** What mends a message that comes too late: `if window.open`, a template, or a shorter time. */
import type { Names } from "../bind/names.ts";
import type { Edit, Fix } from "../diagnostics/diagnostic.ts";
import type { Ages } from "../flow/ages.ts";
import { type FlowGraph, type Node, nodeAt } from "../flow/graph.ts";
import type { Late, Overdue } from "../flow/overdue.ts";
import type { Expr } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { place } from "./flow-program.ts";
import { messageSpan } from "./window-words.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The messages that all these fixes are about. */
export function fixesFor(names: Names, messages: readonly Late[]): readonly Fix[] {
  const fixes = [whileOpen(messages.map(({ node }) => node))];
  const template = asTemplate(
    names,
    messages.map(({ node }) => node),
  );
  return template ? [...fixes, template] : fixes;
}

/** The time with which the age gets too great, so much shorter that every message comes in time. */
export function shorter(graph: FlowGraph, ages: Ages, limit: number, { step, messages }: Overdue): Fix | undefined {
  if (!step.edge || step.repeats || step.longer) return undefined;
  const time = timeOf(nodeAt(graph, step.edge.from), step.edge.span);
  const excess = Math.max(...messages.map(({ node }) => sure(ages.at[node.id]))) - limit;
  if (!time || !Number.isFinite(excess)) return undefined;
  const left = time.value - excess;
  const rounded = left - (left % (left >= 2 * HOUR ? 5 * MINUTE : MINUTE));
  if (rounded < MINUTE || rounded <= time.least) return undefined;
  const text = durationText(rounded);
  return { title: `Shorten it to ${text}`, safe: false, edits: [{ span: time.span, text }] };
}

interface Time {
  readonly span: Span;
  readonly value: number;
  /** It has to be greater than this. */
  readonly least: number;
}

/** A time that is written as one duration. */
function timeOf({ what }: Node, span: Span): Time | undefined {
  switch (what.kind) {
    case "wait":
      return durationOf(what.syntax.time);
    case "schedule":
      return what.syntax.when === "in" ? durationOf(what.syntax.time) : undefined;
    case "ask": {
      const afters = what.syntax.clauses.filter((clause) => clause.kind === "AfterClause");
      const at = afters.findIndex((after) => after.start === span.start && after.source === span.source);
      const after = afters[at];
      const least = afters[at - 1]?.duration.value ?? 0;
      return after && { span: place(after.duration), value: after.duration.value, least };
    }
    default:
      return undefined;
  }
}

function durationOf(expr: Expr): Time | undefined {
  return expr.kind === "DurationExpr" ? { span: place(expr), value: expr.value, least: 0 } : undefined;
}

function durationText(ms: number): string {
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  return `${hours > 0 ? `${hours}h` : ""}${minutes > 0 ? `${minutes}m` : ""}`;
}

/** An ask has to lead somewhere also where it is left out. */
function whileOpen(nodes: readonly Node[]): Fix {
  const edits = nodes.flatMap((node): Edit[] => {
    const { source, start, end } = messageSpan(node);
    return [
      { span: { source, start, end: start }, text: "if window.open { " },
      { span: { source, start: end, end }, text: node.what.kind === "ask" ? " } else { -> end }" : " }" },
    ];
  });
  return { title: "Send it only while the window is open", safe: false, edits };
}

/** Only where every message is a text and the project has a template that takes nothing. */
function asTemplate(names: Names, nodes: readonly Node[]): Fix | undefined {
  const [template] = [...names.templates.values()].filter(({ params }) => params.length === 0);
  if (!template || nodes.some(({ what }) => what.kind !== "message" || what.syntax.kind !== "Say")) return undefined;
  const text = `send template ${template.name.text}()`;
  const edits = nodes.map((node) => ({ span: place(messageSpan(node)), text }));
  return { title: `Send the template \`${template.name.text}\` instead`, safe: false, edits };
}
