/** Who goes to a state or flow, and where it can go: over arrows, calls and triggers. */
import type { Span, Syntax } from "@parley/compiler";
import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall } from "vscode-languageserver";
import { childrenOf, type Node, pathAt } from "../at.ts";
import { describe } from "../described.ts";
import { occurrences } from "../occurrences.ts";
import { toRange } from "../positions.ts";
import { foundAt, keyOfId } from "../symbols.ts";
import { firstLine } from "../texts.ts";
import { uriOf, type View } from "../view.ts";

type Place = Node & (Syntax.StateDecl | Syntax.FlowDecl);

const STATE = 5;
const FLOW = 2;

/** Of the name at an offset, else of the state or flow around it. */
export function prepareCallHierarchy(view: View, file: Syntax.File, offset: number): readonly CallHierarchyItem[] {
  const named = foundAt(view, file, offset)?.keys.find((key): key is Place => typeof key !== "string" && isPlace(key));
  const place = named ?? placeIn(pathAt(file, offset));
  return place ? [itemOf(view, place)] : [];
}

function isPlace(node: Node): node is Place {
  return node.kind === "StateDecl" || node.kind === "FlowDecl";
}

/** What runs there: a state, or a flow by its triggers and by what it gives to all its asks. */
function placeIn(path: readonly Node[]): Place | undefined {
  return path.findLast(isPlace);
}

function itemOf(view: View, place: Place): CallHierarchyItem {
  const isState = place.kind === "StateDecl";
  const id =
    describe(view, place)
      ?.path.filter(isPlace)
      .map(({ name }) => name.text)
      .join(".") ?? place.name.text;
  const flow = isState ? id.split(".")[0] : undefined;
  return {
    name: place.name.text,
    kind: isState ? STATE : FLOW,
    ...(place.kind === "StateDecl" ? { detail: [flow, firstLine(place)].filter(Boolean).join(" · ") } : {}),
    uri: uriOf(view, place.source),
    range: toRange(place),
    selectionRange: toRange(place.name),
    data: id,
  };
}

/** The place that an item was made of, in the project as it is now. */
function placeOf(view: View, item: CallHierarchyItem): Place | undefined {
  const key = keyOfId(view.compilation.names, String(item.data).split("."));
  return key !== undefined && typeof key !== "string" && isPlace(key) ? key : undefined;
}

export function incomingCalls(view: View, item: CallHierarchyItem): readonly CallHierarchyIncomingCall[] {
  const place = placeOf(view, item);
  if (!place) return [];
  const groups = new Map<Place, Span[]>();
  for (const target of [place, ...flowBegunBy(view, place)]) {
    for (const { span, role } of occurrences(view, target)) {
      const file = view.compilation.files.find(({ source }) => source.path === span.source.path);
      const path = file ? pathAt(file, span.start) : [];
      const from = role === "read" && goes(path) ? placeIn(path) : undefined;
      if (from) add(groups, from, span);
    }
  }
  return [...groups].map(([from, spans]) => ({ from: itemOf(view, from), fromRanges: spans.map(toRange) }));
}

/** A call of a flow begins at its first state. */
function flowBegunBy(view: View, place: Place): readonly Place[] {
  const flow = describe(view, place)?.path.find((node): node is Node & Syntax.FlowDecl => node.kind === "FlowDecl");
  return flow && place.kind === "StateDecl" && flow.states[0] === (place as unknown) ? [flow] : [];
}

function goes(path: readonly Node[]): boolean {
  const kind = path.at(-2)?.kind;
  return kind === "Arrow" || kind === "Call";
}

function add(groups: Map<Place, Span[]>, place: Place, span: Span): void {
  const spans = groups.get(place);
  if (spans) spans.push(span);
  else groups.set(place, [span]);
}

export function outgoingCalls(view: View, item: CallHierarchyItem): readonly CallHierarchyOutgoingCall[] {
  const place = placeOf(view, item);
  if (!place) return [];
  const groups = new Map<Place, Span[]>();
  const queue: Node[] = [place];
  for (let node = queue.shift(); node; node = queue.shift()) {
    for (const child of childrenOf(node)) if (!isPlace(child)) queue.push(child);
    if (node.kind !== "Arrow" && node.kind !== "Call") continue;
    const { name } = node as Node & (Syntax.Arrow | Syntax.Call);
    const to = view.compilation.names.refs.get(name);
    if (to?.kind === "state" || to?.kind === "flow") add(groups, to.decl, name);
  }
  return [...groups].map(([to, spans]) => ({ to: itemOf(view, to), fromRanges: spans.map(toRange) }));
}
