/** What completion and signature help know of the place that is being written. */
import { type Syntax, type WritingPlace, type WrittenToken, writingPlace } from "@parley/compiler";
import type { View } from "../../view.ts";

export interface Writing {
  readonly view: View;
  readonly file: Syntax.File;
  readonly offset: number;
  readonly place: WritingPlace;
  /** The declaration that the place lies in, or that begins last before it. */
  readonly declaration: Syntax.Declaration | undefined;
  readonly flow: Syntax.FlowDecl | undefined;
  readonly state: Syntax.StateDecl | undefined;
  /** Of a test: the flow whose variables and asks it sees. */
  readonly tested: Syntax.FlowDecl | undefined;
}

export function writingAt(view: View, file: Syntax.File, offset: number): Writing {
  const declaration = lastBefore(file.declarations, offset);
  const flow = declaration?.kind === "FlowDecl" ? declaration : undefined;
  const state = flow && lastBefore(flow.states, offset);
  const from = state?.start ?? declaration?.start ?? 0;
  const place = writingPlace(file.source, offset, from, state !== undefined);
  const tested =
    declaration?.kind === "TestDecl" && declaration.flow
      ? view.compilation.names.flows.get(declaration.flow.text)
      : undefined;
  return { view, file, offset, place, declaration, flow, state, tested };
}

/** What is being written may be the first word of the next one. */
function lastBefore<T extends { readonly start: number; readonly kind: string }>(
  nodes: readonly T[],
  offset: number,
): T | undefined {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return nodes[low - 1];
}

/** The words left of the place in its member, without the one that is being written. */
export function wordsBefore(place: WritingPlace): readonly WrittenToken[] {
  return place.kind === "comment" ? [] : place.before;
}

/** The word right before the place. */
export function wordBefore(place: WritingPlace): string | undefined {
  return wordsBefore(place).at(-1)?.image;
}
