/** What to say to a bot so that it comes to a state, as lines of `parley chat`: to talk from there. */
import { type FlowEdge, type FlowNode, nodeAt, type Syntax, type Type } from "@parley/compiler";
import type { View } from "../view.ts";

/**
 * The shortest way from any beginning, by taps, typed answers, time-outs and events. Undefined where none is known: what an
 * action gives and what a called flow hears cannot be told beforehand.
 */
export function wayTo(view: View, wanted: Syntax.StateDecl): readonly string[] | undefined {
  const { graph } = view.compilation;
  const goal = graph.states.get(wanted);
  if (goal === undefined) return undefined;
  const queue: Reached[] = [];
  for (const [trigger, node] of graph.triggers) {
    const said = lineOfTrigger(view, trigger);
    if (said !== undefined) queue.push({ node, lines: [said] });
  }
  // Plain words before events: people begin conversations.
  queue.sort((a, b) => Number(a.lines[0]?.startsWith("/")) - Number(b.lines[0]?.startsWith("/")));
  const seen = new Set<number>();
  for (const { node, lines } of queue) {
    if (node === goal) return lines;
    if (seen.has(node)) continue;
    seen.add(node);
    const from = nodeAt(graph, node);
    for (const edge of from.out) {
      const said = linesOfEdge(from, edge);
      if (said) queue.push({ node: edge.to, lines: [...lines, ...said] });
    }
  }
  return undefined;
}

interface Reached {
  readonly node: number;
  readonly lines: readonly string[];
}

function lineOfTrigger({ compilation }: View, { on }: Syntax.Trigger): string | undefined {
  switch (on.kind) {
    case "OnMessage":
      return "hi";
    case "OnText":
      return on.texts.flatMap((text) => (text.kind === "TextExpr" ? (plain(text) ?? []) : []))[0];
    case "OnOrder":
      return "/order product";
    case "OnEvent": {
      const values = on.params.map((param) => sampleOf(compilation.types.ofDecl.get(param)));
      if (values.includes(undefined)) return undefined;
      return `/event ${on.name.text}(${values.map((value) => JSON.stringify(value)).join(", ")})`;
    }
    default:
      return undefined;
  }
}

function plain(text: Syntax.TextExpr): string | undefined {
  const [only = "", ...more] = text.parts;
  return more.length === 0 && typeof only === "string" ? only : undefined;
}

function sampleOf(type: Type | undefined): unknown {
  switch (type?.kind) {
    case "text":
      return "Ana".slice(0, type.max);
    case "number":
      return 1;
    case "range":
      return type.min;
    case "bool":
      return true;
    case "enum":
      return type.cases[0];
    case "optional":
      return null;
    default:
      return undefined;
  }
}

/** What has to be said or done on a way; undefined where that is not ours to bring about. */
function linesOfEdge({ what }: FlowNode, { cause, span }: FlowEdge): readonly string[] | undefined {
  switch (cause.kind) {
    case "option":
      // Rows that come from values are tapped by their place.
      return [cause.name === "" ? "1" : cause.name];
    case "typed":
      return what.kind === "ask" ? typedAnswer(what.syntax, span) : undefined;
    case "after":
    case "wait":
      return Number.isFinite(cause.ms) ? [`/advance ${Math.ceil(cause.ms / 1_000)}s`] : undefined;
    case "wrong":
    case "failed":
    case "empty":
    case "back":
    case "returned":
    case "scheduled":
      return undefined;
    default:
      return [];
  }
}

const ANSWERS: Readonly<Partial<Record<Syntax.AskKind, string>>> = {
  text: "Ana",
  number: "/say 1",
  date: "2027-01-31",
  phone: "+393331234567",
  url: "https://example.com",
  email: "ana@example.com",
  location: "/location 45.46, 9.19",
  image: "/image",
  video: "/video",
  audio: "/audio",
  document: "/document",
  media: "/image",
  product: "/order product",
  products: "/order product",
  catalog: "/order product",
};

/** A word that one of the ask's clauses waits for, else what its kind takes. */
function typedAnswer(ask: Syntax.Ask, { start }: { readonly start: number }): readonly string[] | undefined {
  const clause = ask.clauses.find((one) => one.kind === "TextClause" && one.start <= start && start < one.end);
  const texts = clause?.kind === "TextClause" ? clause.texts : undefined;
  const word = texts?.flatMap((text) => (text.kind === "TextExpr" ? (plain(text) ?? []) : []))[0];
  // Cases that no option is written for: the first of them, where no option stands before it.
  const isChoice = ask.ask === "auto" || ask.ask === "buttons" || ask.ask === "list";
  const first = isChoice && !ask.clauses.some(({ kind }) => kind === "Option") ? "1" : undefined;
  const said = texts ? word : (ANSWERS[ask.ask] ?? first);
  return said === undefined ? undefined : [said];
}
