/** Nodes of a syntax tree by place. */
import type { Span } from "@parley/compiler";

/** Any node of `Syntax`: narrow it by `kind`. */
export interface Node extends Span {
  readonly kind: string;
}

/** The nodes directly inside a node, in the order of their places. */
export function childrenOf(node: Node): readonly Node[] {
  const found: Node[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const item of value) addNode(found, item, node);
    else addNode(found, value, node);
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

function addNode(to: Node[], value: unknown, parent: Node): void {
  if (typeof value !== "object" || value === null || !("kind" in value) || !("source" in value)) return;
  const node = value as Node;
  if (node.source === parent.source) to.push(node);
}

/** The nodes that a place lies in or at the edge of, the outermost first; of two that meet there the later one. */
export function pathAt(root: Node, offset: number): readonly Node[] {
  const path: Node[] = [root];
  for (;;) {
    const inner = childrenOf(path.at(-1) ?? root).findLast((child) => child.start <= offset && offset <= child.end);
    if (!inner) return path;
    path.push(inner);
  }
}
