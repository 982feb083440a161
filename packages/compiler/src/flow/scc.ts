/** Strongly connected components (Tarjan), without recursion: flow graphs are as long as the programs. */
import { sure } from "../text/sure.ts";

/**
 * The components of the graph `0 … size - 1`, each before those that lead to it (successors first).
 * `successors` may name any node; it is called once for each.
 */
export function components(
  size: number,
  successors: (node: number) => readonly number[],
): readonly (readonly number[])[] {
  const search = new Search(size, successors);
  for (let node = 0; node < size; node++) if (search.index[node] === -1) search.visit(node);
  return search.found;
}

class Search {
  readonly found: number[][] = [];
  readonly index: Int32Array;
  readonly #low: Int32Array;
  readonly #onStack: Uint8Array;
  readonly #stack: number[] = [];
  /** The nodes from the root to where the search is, the successors of each, and which of these comes next. */
  readonly #path: number[] = [];
  readonly #to: (readonly number[])[] = [];
  readonly #at: number[] = [];
  readonly #successors: (node: number) => readonly number[];
  #next = 0;

  constructor(size: number, successors: (node: number) => readonly number[]) {
    this.index = new Int32Array(size).fill(-1);
    this.#low = new Int32Array(size);
    this.#onStack = new Uint8Array(size);
    this.#successors = successors;
  }

  visit(root: number): void {
    this.#open(root);
    while (this.#path.length > 0) {
      const top = this.#path.length - 1;
      const node = sure(this.#path[top]);
      const at = sure(this.#at[top]);
      const next = this.#to[top]?.[at];
      this.#at[top] = at + 1;
      if (next === undefined) this.#close(node, this.#path[top - 1]);
      else if (this.index[next] === -1) this.#open(next);
      else if (this.#onStack[next] === 1) this.#lower(node, sure(this.index[next]));
    }
  }

  #open(node: number): void {
    this.index[node] = this.#next;
    this.#low[node] = this.#next++;
    this.#stack.push(node);
    this.#onStack[node] = 1;
    this.#path.push(node);
    this.#to.push(this.#successors(node));
    this.#at.push(0);
  }

  #close(node: number, parent: number | undefined): void {
    this.#path.pop();
    this.#to.pop();
    this.#at.pop();
    if (this.#low[node] === this.index[node]) this.found.push(this.#pop(node));
    if (parent !== undefined) this.#lower(parent, sure(this.#low[node]));
  }

  #pop(root: number): number[] {
    if (this.#stack.at(-1) === root) {
      // Nearly all of a program's are single nodes.
      this.#stack.pop();
      this.#onStack[root] = 0;
      return [root];
    }
    const component: number[] = [];
    for (let node = this.#stack.pop(); node !== undefined; node = this.#stack.pop()) {
      this.#onStack[node] = 0;
      component.push(node);
      if (node === root) break;
    }
    return component;
  }

  #lower(node: number, to: number): void {
    if (to < sure(this.#low[node])) this.#low[node] = to;
  }
}
