/** The flow graph as people draw it: a box a state with its asks inside, and one line for all ways from one to another. */
import { type FlowGraph, type FlowNode, type NodeId, nodeAt, positionAt, type Syntax } from "@parley/compiler";
import { boxLine, causeText, type Label, messageText, triggerText } from "./labels.ts";

export interface Drawing {
  readonly bot: string;
  readonly flows: readonly FlowBox[];
  readonly links: readonly Link[];
}

export interface FlowBox {
  readonly name: string;
  readonly boxes: readonly Box[];
}

export interface Box {
  /** `order.welcome`; `order` for what starts the flow. */
  readonly id: string;
  readonly kind: "start" | "state";
  readonly name: string;
  /** Where a call of the flow begins. */
  readonly first: boolean;
  /** The first text that is said here; absent where none is. */
  readonly says?: string;
  /** Asks, waits and hand-offs, in the order of the text. */
  readonly lines: readonly string[];
  /** How the conversation, or this call, ends here. */
  readonly exits: readonly { readonly how: string; readonly labels: readonly Label[] }[];
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
}

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: LinkKind;
  /** Why it is taken: any one of these; none where it always is. */
  readonly labels: readonly Label[];
}

/** `call` comes back, `leave` goes into another flow for good, `scheduled` is later and by itself. */
type LinkKind = "go" | "call" | "leave" | "scheduled";

/** One way from a box: where it ends, and what it was taken for. */
type Found =
  | { readonly to: string; readonly kind: LinkKind; readonly label: Label | undefined }
  | { readonly how: string; readonly label: Label | undefined };

export function drawingOf(bot: string, graph: FlowGraph, flows: readonly Syntax.FlowDecl[]): Drawing {
  const drawn = flows.map((flow) => drawFlow(graph, flow));
  const ids = new Set(drawn.flatMap(({ box }) => box.boxes.map((b) => b.id)));
  const links = drawn.flatMap((d) => d.links).filter((link) => ids.has(link.to));
  return { bot, flows: drawn.map((d) => d.box), links };
}

function drawFlow(graph: FlowGraph, flow: Syntax.FlowDecl): { readonly box: FlowBox; readonly links: readonly Link[] } {
  const name = flow.name.text;
  const begins = flow.triggers.flatMap((trigger) => waysOfTrigger(graph, trigger));
  const start = { id: name, kind: "start", name, first: false, lines: [], place: placeOf(flow.name) } as const;
  const boxes: Box[] = begins.length > 0 ? [{ ...start, exits: exitsOf(begins) }] : [];
  const links = [...linksOf(name, begins)];
  for (const state of flow.states) {
    const node = graph.states.get(state);
    if (node === undefined) continue;
    const ways = walk(graph, node, undefined);
    const id = idOf(flow, state);
    boxes.push({
      id,
      kind: "state",
      name: state.name.text,
      first: graph.entries.get(flow) === node,
      ...saysOf(graph, state),
      lines: graph.nodes.filter((n) => n.state === state).flatMap((n) => boxLine(n.what) ?? []),
      exits: exitsOf(ways),
      place: placeOf(state.name),
    });
    links.push(...linksOf(id, ways));
  }
  return { box: { name, boxes }, links };
}

function saysOf(graph: FlowGraph, state: Syntax.StateDecl): Pick<Box, "says"> {
  const message = graph.nodes.find((n) => n.state === state && n.what.kind === "message");
  const says = message && messageText(message.what);
  return says === undefined ? {} : { says };
}

/** What a `schedule` starts is drawn from there; by itself only where there is none. */
function waysOfTrigger(graph: FlowGraph, trigger: Syntax.Trigger): readonly Found[] {
  const id = graph.triggers.get(trigger);
  if (id === undefined) return [];
  const scheduled =
    trigger.on.kind === "OnScheduled" &&
    graph.nodes.some((n) => n.what.kind === "schedule" && n.out.some((edge) => edge.to === id));
  return scheduled ? [] : walk(graph, id, { kind: "trigger", text: triggerText(trigger) });
}

/** All ways out of a state or trigger; what was asked last is what they are taken for. */
function walk(graph: FlowGraph, from: NodeId, label: Label | undefined): readonly Found[] {
  const found: Found[] = [];
  const seen = new Set<string>();
  const queue: { readonly id: NodeId; readonly label: Label | undefined }[] = [{ id: from, label }];
  for (let at = queue.shift(); at; at = queue.shift()) {
    const key = `${at.id} ${at.label?.text ?? ""}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const node = nodeAt(graph, at.id);
    const what = node.what;
    if (what.kind === "exit" && isEnd(what.how)) found.push({ how: what.how, label: at.label });
    for (const edge of node.out) {
      const next = causeText(node, edge, at.label);
      const to = nodeAt(graph, edge.to);
      const { kind } = edge.cause;
      if (kind === "scheduled") found.push(...walk(graph, edge.to, next).map(asScheduled));
      else if (to.what.kind !== "state") queue.push({ id: edge.to, label: to.what.kind === "ask" ? undefined : next });
      else found.push({ to: stateId(to), kind: kind === "call" || kind === "leave" ? kind : "go", label: next });
    }
  }
  return found;
}

function asScheduled(way: Found): Found {
  return "to" in way ? { ...way, kind: "scheduled" } : way;
}

/** The other ends lead back to the ask, on to where an edge goes, or are reported. */
function isEnd(how: string): boolean {
  return how === "end" || how === "resume" || how === "return" || how === "forget";
}

function linksOf(from: string, ways: readonly Found[]): readonly Link[] {
  const links = new Map<string, { readonly to: string; readonly kind: LinkKind; readonly labels: Label[] }>();
  for (const way of ways) {
    if (!("to" in way)) continue;
    const key = `${way.kind} ${way.to}`;
    const link = links.get(key) ?? { to: way.to, kind: way.kind, labels: [] };
    links.set(key, link);
    add(link.labels, way.label);
  }
  return [...links.values()].map((link) => ({ from, ...link }));
}

function exitsOf(ways: readonly Found[]): Box["exits"] {
  const exits = new Map<string, Label[]>();
  for (const way of ways) {
    if (!("how" in way)) continue;
    const labels = exits.get(way.how) ?? [];
    exits.set(way.how, labels);
    add(labels, way.label);
  }
  return [...exits].map(([how, labels]) => ({ how, labels }));
}

function add(labels: Label[], label: Label | undefined): void {
  if (label && !labels.some((known) => known.text === label.text)) labels.push(label);
}

function stateId({ flow, state }: FlowNode): string {
  return state ? idOf(flow, state) : flow.name.text;
}

function idOf(flow: Syntax.FlowDecl, state: Syntax.StateDecl): string {
  return `${flow.name.text}.${state.name.text}`;
}

function placeOf({ source, start }: Syntax.Name): Box["place"] {
  const { line, column } = positionAt(source, start);
  return { file: source.path, line, column };
}
