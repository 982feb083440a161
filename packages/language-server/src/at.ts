/** Nodes of a syntax tree by place. */
import type { Span } from "@parley/compiler";

/** Any node of `Syntax`: narrow it by `kind`. */
export interface Node extends Span {
  readonly kind: string;
}

const known = new WeakMap<Node, readonly Node[]>();

/** The nodes directly inside a node, in the order of their places. */
export function childrenOf(node: Node): readonly Node[] {
  let children = known.get(node);
  if (!children) {
    const found: Node[] = [];
    addNodes(found, node, node);
    children = found.sort((a, b) => a.start - b.start || a.end - b.end);
    known.set(node, children);
  }
  return children;
}

/** Some nodes hold others in lists, or in objects that are no nodes: the name and the arguments of `ask template`. */
function addNodes(to: Node[], holder: object, parent: Node): void {
  for (const value of Object.values(holder)) {
    if (typeof value !== "object" || value === null || value === parent.source) continue;
    if (!("source" in value) || !("kind" in value)) addNodes(to, value, parent);
    else if ((value as Node).source === parent.source) to.push(value as Node);
  }
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
