/**
 * Whether the rules about the graph of a project that found nothing find nothing after a file has changed, told from that
 * file alone.
 *
 * `Bounds` are a solution of all the equations of a project: ages, passages and holds at the entries of its flows, the
 * flows that each file goes over to. A changed file is worked out with what the others had, and stands where it asks no
 * more of them than before and gives them no more: the bounds then solve the equations of the changed project too. Its
 * least solution lies below, and what is found in no place at the bounds is found nowhere below them. What each file gives
 * is held against the same bounds, so that this is true of any number of changed files at once.
 */

import type { Names } from "../../bind/names.ts";
import { neverAfters } from "../../flow/afters.ts";
import { solve } from "../../flow/ages.ts";
import { type FlowGraph, type NodeId, nodeAt, reachableFrom } from "../../flow/graph.ts";
import { holds } from "../../flow/kept.ts";
import { type Context, plainLinks, takenUp } from "../../flow/links.ts";
import { isFreeForm } from "../../flow/overdue.ts";
import type { Part } from "../../flow/part.ts";
import { type Given, type Passage, passages } from "../../flow/passages.ts";
import { components } from "../../flow/scc.ts";
import { sendLimit, timesOf } from "../../flow/window.ts";
import type { Settings } from "../../project/settings.ts";
import type { FlowDecl } from "../../syntax/ast.ts";
import { keyOf } from "../../text/source.ts";
import { isOnce } from "../advice-once.ts";
import { endings } from "../flow-endings.ts";
import { quick, returnsAtOnce } from "../flow-loops.ts";
import { isEnd, leadingBack } from "../flow-stuck.ts";
import { tellsOfPeople } from "../people.ts";
import { timeoutsCome } from "../window-never.ts";
import { type Bounds, type FileBounds, type FlowBounds, isResume, quickWays, triggersOf, wayInto } from "./bounds.ts";

export interface Proven {
  /** A conversation can come to a person here. */
  readonly people: boolean;
}

interface Case {
  readonly part: Part;
  readonly graph: FlowGraph;
  readonly bounds: Bounds;
  readonly file: FileBounds;
  readonly names: Names;
  readonly settings: Settings;
  readonly reached: (id: NodeId) => boolean;
}

/** Undefined where the file alone does not tell; then the rules have to run. */
export function prove(part: Part, key: string, bounds: Bounds, names: Names, settings: Settings): Proven | undefined {
  const { graph } = part;
  const file = bounds.files.get(key) ?? newFile(part, bounds);
  if (!file || !isComparable(part, file, bounds)) return undefined;
  const known: Case = { part, graph, bounds, file, names, settings, reached: reachedIn(part, bounds) };
  if (!allReached(known) || !endsWell(known) || !neverRound(known)) return undefined;
  if (!holdsNoLonger(known) || !inTime(known)) return undefined;
  return { people: graph.nodes.some((node) => tellsOfPeople(node) && known.reached(node.id)) };
}

/** A file that nothing of the others enters: they have no bounds for it, and it closes no circle over them. */
function newFile({ graph, flows, outside }: Part, bounds: Bounds): FileBounds | undefined {
  const isQuiet = flows.every(({ name, triggers }) => {
    if (bounds.flows.has(name.text)) return false;
    return triggers.every(({ anytime, on }) => !anytime && on.kind !== "OnEvent" && on.kind !== "OnWindowClosed");
  });
  for (const { source } of outside.keys()) if (bounds.files.get(keyOf(source))?.once) return undefined;
  if (!isQuiet || graph.nodes.some(({ what }) => what.kind === "call")) return undefined;
  const ways = graph.nodes.flatMap(({ out }) => out.flatMap((edge) => wayInto(graph, edge) ?? []));
  return {
    flows: new Set(flows.map((flow) => flow.name.text)),
    triggers: triggersOf(graph.nodes),
    ways: new Set(ways),
    taken: new Set(),
    interrupts: false,
    once: false,
    people: false,
  };
}

/** Whatever reaches further than one file has to be as it was. */
function isComparable({ graph, flows, outside, lost }: Part, file: FileBounds, bounds: Bounds): boolean {
  if (lost || graph.unreachable.length > 0) return false;
  if (flows.length !== file.flows.size || !flows.every((flow) => file.flows.has(flow.name.text))) return false;
  if (![...outside.keys()].every((flow) => bounds.flows.has(flow.name.text))) return false;
  if (triggersOf(graph.nodes) !== file.triggers) return false;
  if (file.interrupts || file.once) return false;
  return graph.nodes.every((node) => {
    const { what } = node;
    if (what.kind === "trigger") return what.syntax.on.kind !== "OnScheduled";
    if (what.kind === "action") return !isOnce(what.action);
    if (what.kind === "handoff") return bounds.handoffs;
    return what.kind !== "schedule" && !isResume(node);
  });
}

function flowBounds({ flows }: Bounds, flow: FlowDecl): FlowBounds | undefined {
  return flows.get(flow.name.text);
}

/** Entries of flows of this file, with what is known of them. */
function* ownEntries({ part, graph, bounds }: Pick<Case, "part" | "graph" | "bounds">): Iterable<[NodeId, FlowBounds]> {
  for (const flow of part.flows) {
    const entry = graph.entries.get(flow);
    const known = flowBounds(bounds, flow);
    if (entry !== undefined && known) yield [entry, known];
  }
}

function outsideOf<T>({ part, bounds }: Case, value: (known: FlowBounds) => T | undefined): Map<NodeId, T> {
  const found = new Map<NodeId, T>();
  for (const [flow, id] of part.outside) {
    const known = flowBounds(bounds, flow);
    const one = known && value(known);
    if (one !== undefined) found.set(id, one);
  }
  return found;
}

// ---------------------------------------------------------------- reach

/** Where conversations begin in a file: its triggers, what others enter, and flows that nothing enters. */
function rootsIn(part: Part, bounds: Bounds): readonly NodeId[] {
  const { graph, flows } = part;
  const roots = [...graph.triggers.values()];
  for (const flow of flows) {
    const entry = graph.entries.get(flow);
    const known = flowBounds(bounds, flow);
    if (entry === undefined) continue;
    const unused = flow.triggers.length === 0 && !graph.entered.has(flow) && !known?.entered;
    if (known?.reached || unused) roots.push(entry);
  }
  return roots;
}

function reachedIn(part: Part, bounds: Bounds): (id: NodeId) => boolean {
  return reachableFrom(part.graph, rootsIn(part, bounds));
}

/** Its states, and what could be reached over it; no flow enters one that it did not. */
function allReached({ part, graph, file, names, reached }: Case): boolean {
  for (const [state, id] of graph.states) {
    // A second state of one name is reported as that.
    const own = names.inFlow.get(nodeAt(graph, id).flow)?.states.get(state.name.text);
    if (own === state && !reached(id)) return false;
  }
  const outside = new Set(part.outside.values());
  const taken = new Set<string>();
  for (const { id, out } of graph.nodes) {
    for (const edge of out) {
      const into = wayInto(graph, edge);
      if (into === undefined) continue;
      if (!file.ways.has(into)) return false;
      if (reached(id) && outside.has(edge.to)) taken.add(into);
    }
  }
  return [...file.taken].every((into) => taken.has(into));
}

// ---------------------------------------------------------------- ways

function endsWell({ graph, names, settings }: Case): boolean {
  let found = 0;
  const report = (): void => void found++;
  endings({ graph, names, settings }, report);
  timeoutsCome({ graph, names, settings }, report);
  return found === 0 && nothingStuck(graph);
}

/** From everywhere a conversation can come to an end, to people or to another flow. */
function nothingStuck(graph: FlowGraph): boolean {
  const back = leadingBack(graph);
  const before: NodeId[][] = graph.nodes.map(() => []);
  const ends: NodeId[] = [];
  for (const { id, what, out } of graph.nodes) {
    if (what.kind === "handoff" || (what.kind === "exit" && isEnd(what.how))) ends.push(id);
    for (const { to } of out) if (!back.has(to)) before[to]?.push(id);
  }
  const ending = new Set(ends);
  for (const id of ending) for (const from of before[id] ?? []) ending.add(from);
  return graph.nodes.every(({ id }) => back.has(id) || ending.has(id));
}

/** Nothing goes round without waiting: in the file, and not over others, which come to no more from here than before. */
function neverRound({ part, graph, bounds }: Case): boolean {
  const passing = new Set<NodeId>();
  for (const { id, what } of graph.nodes) {
    if (what.kind === "call" && what.flow && flowBounds(bounds, what.flow)?.passes) passing.add(id);
  }
  const next = (id: NodeId): NodeId[] => quick(graph, id, passing);
  for (const component of components(graph.nodes.length, next)) {
    const [first = 0] = component;
    if (component.length > 1 || next(first).includes(first)) return false;
  }
  const atOnce = returnsAtOnce(graph, passing);
  for (const [entry, known] of ownEntries({ part, graph, bounds })) {
    if (atOnce.has(entry) && !known.passes) return false;
    for (const flow of quickWays(graph, entry, passing)) if (!known.quick.has(flow)) return false;
  }
  return true;
}

// ---------------------------------------------------------------- times

/** Actions and what they put off. */
function holdsNoLonger(known: Case): boolean {
  const { graph, bounds } = known;
  const { hold } = bounds;
  if (hold === 0) return !graph.nodes.some(({ what }) => what.kind === "action");
  const from = holds(
    graph,
    outsideOf(known, (flow) => flow.hold),
  );
  for (const [entry, { hold: before }] of ownEntries(known)) if ((from[entry] ?? 0) > before) return false;
  return from.every((one) => one <= bounds.longest);
}

/** No message comes too late, with the ages that conversations had when they came here; they leave with none greater. */
function inTime(known: Case): boolean {
  const { graph, bounds, settings } = known;
  const times = timesOf(settings);
  const context: Context = { ...bounds.context, graph, times, never: neverAfters(graph) };
  const given: Given = outsideOf(known, ({ returns }) => returns);
  if (!passesNoSlower(known, given)) return false;
  const links = plainLinks(context, bounds.resumed, given);
  const { at } = solve([...links, takenUp(graph, known.reached)], agesHere(known));
  const limit = sendLimit(settings.windowMarginMs);
  if (graph.nodes.some((node) => isFreeForm(node) && (at[node.id] ?? 0) > limit)) return false;
  for (const [flow, id] of known.part.outside) {
    if ((at[id] ?? NEVER) > (flowBounds(bounds, flow)?.age ?? NEVER)) return false;
  }
  for (const [entry, { age }] of ownEntries(known)) if ((at[entry] ?? NEVER) > (age ?? NEVER)) return false;
  return true;
}

const NEVER = Number.NEGATIVE_INFINITY;

function agesHere({ part, graph, bounds }: Case): ReadonlyMap<NodeId, number> {
  const ages = new Map<NodeId, number>();
  for (const id of rootsIn(part, bounds)) ages.set(id, 0);
  for (const [entry, { age }] of ownEntries({ part, graph, bounds })) if (age !== undefined) ages.set(entry, age);
  if (bounds.takenUp !== undefined) ages.set(graph.nodes.length, bounds.takenUp);
  return ages;
}

function passesNoSlower(known: Case, returning: Given): boolean {
  const { graph, bounds } = known;
  const { resumed, context } = bounds;
  if (bounds.calls) {
    const found = passages(graph, "return", { delay: context.delay, resumed }, returning);
    for (const [entry, { returns }] of ownEntries(known)) if (!isWithin(found[entry], returns)) return false;
  }
  if (!bounds.resumes) return true;
  const found = passages(
    graph,
    "resume",
    undefined,
    outsideOf(known, ({ resumes }) => resumes),
  );
  for (const [entry, { resumes }] of ownEntries(known)) if (!isWithin(found[entry], resumes)) return false;
  return true;
}

function isWithin(found: Passage | undefined, bound: Passage | undefined): boolean {
  if (!found) return true;
  return found.elapsed <= (bound?.elapsed ?? NEVER) && found.sinceAnswer <= (bound?.sinceAnswer ?? NEVER);
}
