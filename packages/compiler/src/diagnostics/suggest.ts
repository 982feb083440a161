import { distance } from "fastest-levenshtein";
import type { Span } from "../text/source.ts";
import type { Diagnostic, Fix } from "./diagnostic.ts";
import { diagnostic } from "./report.ts";

/** What a message says beside "there is no …". */
export interface Suggestion {
  /** Best first, at most 3. */
  readonly similar: readonly string[];
  /** Some of what exists where nothing is similar, at most 5. */
  readonly known: readonly string[];
  readonly more: number;
}

const MOST_SIMILAR = 3;
const MOST_KNOWN = 5;
/** Part of the longer name's length by which two similar names may differ. */
const FAR = 0.4;
/** Beyond so many names only those with the same first letter are compared, to stay fast on broken projects. */
const MANY = 300;

/** Names like `name` among `candidates`; a random name has none. */
export function suggest(name: string, candidates: Iterable<string>): Suggestion {
  const all = [...new Set(candidates)].filter((c) => c !== "" && c !== name);
  const similar = name === "" ? [] : similarNames(name, all);
  if (similar.length > 0) return { similar, known: [], more: 0 };
  return { similar, known: all.slice(0, MOST_KNOWN), more: Math.max(0, all.length - MOST_KNOWN) };
}

function similarNames(name: string, candidates: readonly string[]): readonly string[] {
  const lower = name.toLowerCase();
  const near: { readonly name: string; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    if (candidates.length > MANY && candidate[0]?.toLowerCase() !== lower[0]) continue;
    const length = Math.max(candidate.length, name.length);
    if (Math.abs(candidate.length - name.length) > length * FAR) continue;
    const d = distance(lower, candidate.toLowerCase());
    if (d <= Math.floor(length * FAR)) near.push({ name: candidate, distance: d });
  }
  near.sort((a, b) => a.distance - b.distance);
  const best = near[0]?.distance ?? 0;
  return near
    .filter((n) => n.distance <= best + 1)
    .slice(0, MOST_SIMILAR)
    .map((n) => n.name);
}

/** The fix of a misspelt name: an edit where exactly one name is similar. */
export function rename(name: Span, similar: readonly string[]): readonly Fix[] {
  const [only, ...others] = similar;
  if (only === undefined || others.length > 0) return [];
  return [{ title: `Write \`${only}\``, safe: false, edits: [{ span: name, text: only }] }];
}

/** P2001 with what is similar or what exists. */
export function unknownNameAt(
  what: string,
  name: Span & { readonly text: string },
  candidates: Iterable<string>,
  of?: string,
): Diagnostic {
  const found = suggest(name.text, candidates);
  const args = { what, name: name.text, ...(of === undefined ? {} : { of }), ...found };
  return diagnostic("P2001", name, args, { fixes: rename(name, found.similar) });
}
