/** The shortest way through a graph. */
import { sure } from "../text/sure.ts";

/** Over one edge at least, both ends included. There must be a way. */
export function shortestWay(next: (node: number) => Iterable<number>, start: number, end: number): readonly number[] {
  const before = new Map<number, number>();
  const queue = [start];
  for (const node of queue) {
    if (before.has(end)) break;
    for (const to of next(node)) {
      if (before.has(to)) continue;
      before.set(to, node);
      queue.push(to);
    }
  }
  const way = [end];
  do way.push(sure(before.get(sure(way.at(-1)))));
  while (way.at(-1) !== start);
  return way.reverse();
}
