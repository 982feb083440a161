/** Nodes of a syntax tree by place. */
import type { Span } from "@parley/compiler";

/** Any node of `Syntax`: narrow it by `kind`. */
export interface Node extends Span {
  readonly kind: string;
}

/** The nodes directly inside a node, in the order of their places. */
export function childrenOf(node: Node): readonly Node[] {
  const found: Node[] = [];
  addNodes(found, node, node);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
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
    const inner = childrenOf(path.at(-1) ?? root).findLast((child) => child.start <= offset && offset <= child.end);
    if (!inner) return path;
    path.push(inner);
  }
}
