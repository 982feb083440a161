/** The way to a message that comes too late, step by step, in words. */
import type { Related } from "../diagnostics/diagnostic.ts";
import type { Ages, Step } from "../flow/ages.ts";
import { type FlowGraph, type Node, nodeAt } from "../flow/graph.ts";
import type { Late, Visit } from "../flow/overdue.ts";
import { showTime } from "../flow/time.ts";
import type { Span } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { place } from "./flow-program.ts";

/** Enough to understand a path; an editor shows no more either. */
export const MAX_RELATED = 12;

/** Each step with the age at its end: where time passes, where the user writes, and the states on the way. */
export function wayTo(graph: FlowGraph, ages: Ages, { node, path, crossing }: Late, limit: number): readonly Related[] {
  const told = path.flatMap((visit, i) => {
    const words = visitWords(graph, ages, visit);
    if (words === undefined && i !== crossing) return [];
    const age = showTime(sure(ages.at[visit.to]), limit);
    const late = i === crossing ? past(sure(ages.at[visit.to]), limit) : "";
    return [{ span: place(visit.step.span), message: `${age}${late}: ${words ?? "it goes on"}` }];
  });
  const shown = told.length <= MAX_RELATED ? told : [...told.slice(0, 4), ...told.slice(4 - MAX_RELATED)];
  const age = showTime(sure(ages.at[node.id]), limit);
  return [...shown, { span: place(messageSpan(node)), message: `${age}: ${messageName(node)} is sent` }];
}

function past(age: number, limit: number): string {
  return age === Number.POSITIVE_INFINITY ? `, also after ${showTime(limit)}` : `, more than ${showTime(limit)}`;
}

/** Undefined for steps that say nothing new. */
function visitWords(graph: FlowGraph, ages: Ages, { step, to }: Visit): string | undefined {
  if (step.repeats) return loopWords(step);
  if (step.fresh) return freshWords(graph, step);
  const words = step.edge?.whileOpen ? openWords(ages, step, to) : stepWords(graph, ages, step);
  if (words !== undefined) return words;
  const target = graph.nodes[to];
  if (target?.what.kind === "state") return `it goes on at \`${target.what.syntax.name.text}\``;
  if (!step.edge && target?.what.kind === "ask") return "the interrupted ask is sent again";
  return sure(ages.at[to]) > sure(ages.at[step.from]) ? "time passes" : undefined;
}

function loopWords({ edge }: Step): string {
  const ms = sure(edge).ms;
  const more = ms > 0 && ms < Number.POSITIVE_INFINITY ? `${showTime(ms)} more` : "longer";
  return `this goes round and round, each time ${more}`;
}

/** Where the branch bounds the age. */
function openWords(ages: Ages, { from }: Step, to: number): string | undefined {
  return sure(ages.at[from]) > sure(ages.at[to]) ? "`window.open` is true up to this time" : undefined;
}

/** Where the count begins. */
function freshWords(graph: FlowGraph, { edge, longer }: Step): string {
  if (longer === "held") return "the user writes while actions run, and is heard after them";
  switch (edge?.cause.kind) {
    case "option":
      return edge.cause.name === "" ? "the user chooses a row" : `the user chooses \`${edge.cause.name}\``;
    case "wrong":
      return "the user's answer fits nothing";
    case "typed":
      return "the user answers";
    case "returned":
      return `the user wrote during ${calledName(graph, edge.from)} for the last time`;
    case "after":
    case "wait":
      return "an event interrupts here, the user writes, and it goes on late";
    case "scheduled":
      return "the scheduled event is kept until the user is silent";
    default:
      return "the user writes";
  }
}

/** Undefined where no time passes. */
function stepWords(graph: FlowGraph, ages: Ages, { edge, from, longer }: Step): string | undefined {
  if (!edge) return resumeWords(graph, from);
  const { cause, ms } = edge;
  const more = longer === "events" ? "; events that interrupt can put it off" : "";
  switch (cause.kind) {
    case "after":
      return `nobody answers for ${showTime(ms)}${more}`;
    case "wait":
      return `${ms === Number.POSITIVE_INFINITY ? "a wait for a time that only a run knows" : `a wait of ${showTime(ms)}`}${more}`;
    case "ok":
    case "failed":
      return `the action can take ${showTime(ms)}`;
    case "returned": {
      const took = sure(ages.at[edge.to]) - sure(ages.at[from]);
      return took > 0 ? `${calledName(graph, edge.from)} can take ${showTime(took)}` : undefined;
    }
    case "back":
      return "people have the chat as long as they like";
    case "scheduled":
      return `\`${cause.name}\` comes ${ms === Number.POSITIVE_INFINITY ? "at a time that only a run knows" : `${showTime(ms)} later`}${
        longer === "kept" ? ", and is kept while people have the chat or others go first" : ""
      }`;
    case "trigger":
      return triggerWords(nodeAt(graph, from));
    default:
      return undefined;
  }
}

function resumeWords(graph: FlowGraph, from: number): string | undefined {
  return graph.nodes[from]?.what.kind === "exit" ? "`-> resume` takes up what was interrupted" : undefined;
}

function triggerWords({ what }: Node): string | undefined {
  if (what.kind !== "trigger") return undefined;
  switch (what.syntax.on.kind) {
    case "OnEvent":
      return "the business raises it whenever it likes";
    case "OnWindowClosed":
      return "the window has closed";
    default:
      return undefined;
  }
}

function calledName(graph: FlowGraph, call: number): string {
  const { what } = nodeAt(graph, call);
  return what.kind === "call" ? `\`${what.syntax.name.text}\`` : "the called flow";
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

export function messageSpan({ what, flow }: Node): Span {
  return what.kind === "message" || what.kind === "ask" ? what.syntax : flow.name;
}
