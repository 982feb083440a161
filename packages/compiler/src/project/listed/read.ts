/** A YAML or JSON tree with what is wrong in it, each at its place. */
import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Problem } from "../check.ts";

export interface Reading {
  readonly problems: Problem[];
}

/** A place in the tree, and how messages call it: `data[3].components[0]`. */
export interface At {
  readonly node: ParsedNode | null;
  readonly path: string;
  /** Where it should be, if it is not there. */
  readonly around: readonly [number, number];
}

export function wrong(r: Reading, at: At, message: string): undefined {
  const [start, end] = at.node?.range ?? at.around;
  r.problems.push({ start, end, message });
  return undefined;
}

export function field(at: At, key: string): At {
  const { node } = at;
  const path = at.path === "" ? key : `${at.path}.${key}`;
  const around = rangeOf(at);
  if (!isMap(node)) return { node: null, path, around };
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  const value = pair?.value ?? null;
  return { node: isScalar(value) && value.value === null ? null : value, path, around };
}

function rangeOf(at: At): readonly [number, number] {
  const range = at.node?.range;
  // The whole of a long entry would hide where it begins.
  return range ? [range[0], Math.min(range[1], range[0] + 1)] : at.around;
}

/** The items of a list; `undefined`, and reported, where it is none. */
export function listOf(r: Reading, at: At): readonly At[] | undefined {
  if (!isSeq(at.node))
    return wrong(r, at, at.node === null ? `\`${at.path}\` is missing` : `\`${at.path}\` must be a list`);
  const around = rangeOf(at);
  return at.node.items.map((node, i) => ({ node, path: `${at.path}[${i}]`, around }));
}

/** A text that has to be there. */
export function textOf(r: Reading, at: At): string | undefined {
  if (at.node === null) return wrong(r, at, `\`${at.path}\` is missing`);
  const value = isScalar(at.node) ? at.node.value : undefined;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return wrong(r, at, `\`${at.path}\` must be a text`);
}

/** A text that may be left out. */
export function maybeText(r: Reading, at: At): string | undefined {
  return at.node === null ? undefined : textOf(r, at);
}
