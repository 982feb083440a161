/** Nodes of a syntax tree by place. */
import type { Span } from "@parley/compiler";

/** Any node of `Syntax`: narrow it by `kind`. */
export interface Node extends Span {
  readonly kind: string;
}

const known = new WeakMap<Node, readonly Node[]>();

/** Fewer are found again as fast as they are remembered, and most nodes have fewer. */
const MANY = 8;

/** The nodes directly inside a node, in the order of their places. */
export function childrenOf(node: Node): readonly Node[] {
  let children = known.get(node);
  if (!children) {
    const found: Node[] = [];
    addNodes(found, node, node);
    children = areInOrder(found) ? found : found.sort(byPlace);
    if (children.length > MANY) known.set(node, children);
  }
  return children;
}

function byPlace(a: Node, b: Node): number {
  return a.start - b.start || a.end - b.end;
}

function areInOrder(nodes: readonly Node[]): boolean {
  let before: Node | undefined;
  for (const node of nodes) {
    if (before && byPlace(before, node) > 0) return false;
    before = node;
  }
  return true;
}

/** Some nodes hold others in lists, or in objects that are no nodes: the name and the arguments of `ask template`. */
function addNodes(to: Node[], holder: object, parent: Node): void {
  if (Array.isArray(holder)) for (const value of holder) addValue(to, value, parent);
  else for (const key in holder) addValue(to, (holder as Readonly<Record<string, unknown>>)[key], parent);
}

function addValue(to: Node[], value: unknown, parent: Node): void {
  if (typeof value !== "object" || value === null || value === parent.source) return;
  const { source, kind } = value as Partial<Node>;
  if (source === undefined || kind === undefined) addNodes(to, value, parent);
  else if (source.path === parent.source.path) to.push(value as Node);
}

/** The nodes that a place lies in or at the edge of, the outermost first; of two that meet there the later one. */
export function pathAt(root: Node, offset: number): readonly Node[] {
  const path: Node[] = [root];
  for (;;) {
    const inner = childAt(childrenOf(path.at(-1) ?? root), offset);
    if (!inner) return path;
    path.push(inner);
  }
}

/** Children hardly overlap: what begins last before a place is it, or stands right behind what is. */
function childAt(children: readonly Node[], offset: number): Node | undefined {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.start ?? offset) <= offset) low = middle + 1;
    else high = middle;
  }
  return children.slice(Math.max(0, low - NEAR), low).findLast((child) => offset <= child.end);
}

const NEAR = 8;
