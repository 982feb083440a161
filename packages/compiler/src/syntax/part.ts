/**
 * A part of a large file that is understood by itself, as if it were a file: whole declarations of it, from the start of a
 * line to the start of another one. Its text and the offsets of its nodes are those of the file, so that nobody who looks
 * at a place has to know of parts. The price: a part is moved, in place, when the text before it grows or shrinks.
 */
import { lazy } from "../text/lazy.ts";
import type { PartOf, Source } from "../text/source.ts";
import type { Declaration, File } from "./ast.ts";

export interface Part {
  readonly file: File & { readonly source: PartSource };
  /** Everything in it that says a place. Looked for when it first moves: what is just being written does not. */
  readonly places: () => ReadonlySet<Place>;
}

export interface PartSource extends Source {
  readonly part: PartOf;
}

/** As only this module sees it: for all others what says a place says it for good. */
interface Place {
  source: Source;
  start: number;
  end: number;
}

type Movable = { -readonly [K in keyof PartOf]: PartOf[K] };

/** To read with. */
export function partSource(whole: Source, number: number, start: number): PartSource {
  const part: Movable = { whole, number, start };
  return {
    path: whole.path,
    ...(whole.library ? { library: true } : {}),
    part,
    get text() {
      return part.whole.text;
    },
  };
}

/** `declarations`: read with this source. */
export function partOf(source: PartSource, end: number, declarations: readonly Declaration[]): Part {
  const file = { kind: "File", source, start: source.part.start, end, declarations } as const;
  return {
    file,
    places: lazy(() => {
      const found = new Set<Place>();
      collect(file, source, found);
      return found;
    }),
  };
}

/** To another version of its file, in which its text stands `by` further behind. */
export function moveTo(whole: Source, { file, places }: Part, by: number): void {
  const part: Movable = file.source.part;
  part.whole = whole;
  if (by === 0) return;
  part.start += by;
  for (const place of places()) {
    place.start += by;
    place.end += by;
  }
}

/** Gives declarations that were read with another source to this one. */
export function takeOver(declarations: readonly Declaration[], source: PartSource): void {
  const places = new Set<Place>();
  for (const declaration of declarations) collect(declaration, declaration.source, places);
  for (const place of places) place.source = source;
}

function collect(value: object, source: Source, found: Set<Place>): void {
  if (isPlace(value)) {
    if (found.has(value)) return;
    found.add(value);
  }
  for (const key in value) {
    const inner = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof inner === "object" && inner !== null && inner !== source) collect(inner, source, found);
  }
}

function isPlace(value: object): value is Place {
  return "source" in value && "start" in value && "end" in value;
}
