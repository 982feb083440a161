/** A listed template while it is read. */
import type { ListedCategory, ListedParam, ListedType } from "./listed.ts";
import type { Reading } from "./read.ts";

export interface Building {
  readonly r: Reading;
  readonly category: ListedCategory;
  readonly params: ListedParam[];
  readonly ids: Set<string>;
  /** Whether variables are numbers; unknown before the first one. */
  positional: boolean | undefined;
  /** Why it cannot be sent. */
  problem: string | undefined;
}

/** Enters a parameter under a name that is not taken yet, and gives that name. */
export function param(b: Building, wanted: string, type: ListedType): string {
  let name = wanted;
  for (let n = 2; b.params.some((one) => one.name === name); n++) name = `${wanted}_${n}`;
  b.params.push({ name, type });
  return name;
}

/** The first reason is the one that is told. */
export function reason(b: Building, text: string): void {
  b.problem ??= text;
}
