/**
 * Reads files again and again while they change. Of a large file only those declarations are read again that a change can
 * have touched: it is taken apart into parts when it is first read without a finding, and stays so while it can be told that
 * reading the parts gives what reading the file would.
 */
import { type Anchored, anchored } from "../diagnostics/anchored.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { positionAt, type Source, wholeOf } from "../text/source.ts";
import type { Declaration, File } from "./ast.ts";
import { parse, parseDeclarations } from "./parse.ts";
import { moveTo, type Part, type PartSource, partOf, partSource, takeOver } from "./part.ts";
import { endOfLine } from "./scan.ts";
import { type Change, changeBetween, type SlightEdit, slightEdit } from "./slight-edit.ts";
import { type Suppression, suppressionsIn, suppressionsMoved } from "./suppressions.ts";

/** A file, or a part of one, as it was read. */
export interface Unit {
  readonly file: File;
  readonly found: Anchored;
  readonly suppressions: () => readonly Suppression[];
  /** Where nothing but a text or blank lines make it another one than before. */
  readonly edit?: SlightEdit;
}

export interface Reader {
  /** In the order of the files. A unit whose text is the same is the same one as before. */
  readonly read: (files: readonly Source[]) => readonly Unit[];
}

/** Characters from which on a file is taken apart: about 300 lines. Smaller ones are read as fast as a part. */
const LARGE = 10_000;
/** Characters that a part has at least, where it is not the last one. */
const LEAST = 2_000;

interface ReadFile {
  readonly source: Source;
  readonly units: readonly Unit[];
  /** Of `units`, one for one; absent where the file is read as a whole. */
  readonly parts?: readonly PartRead[];
}

interface PartRead extends Part {
  readonly unit: Unit;
}

/** `large` and `least` as above: small ones for tests. */
export function createReader(large: number = LARGE, least: number = LEAST): Reader {
  const known = new Map<string, ReadFile>();
  const one = (source: Source): readonly Unit[] => {
    const before = known.get(source.path);
    if (before?.source === source) return before.units;
    const again = before?.parts && readAgain(before.parts, source, least);
    const read = again ?? withEdit(readFirst(source, large, least), before);
    known.set(source.path, read);
    return read.units;
  };
  return {
    read: (files) => {
      const units = files.flatMap(one);
      if (known.size > files.length) forget(known, files);
      return units;
    },
  };
}

/** Of a file that is read as a whole. */
function withEdit(read: ReadFile, before: ReadFile | undefined): ReadFile {
  const [now] = read.units;
  if (!now || !before || read.parts || before.parts) return read;
  const old = before.source.text;
  const edit = slightEdit(old, before.source, changeBetween(old, read.source.text), now.file);
  return edit ? { ...read, units: [{ ...now, edit }] } : read;
}

function forget(known: Map<string, ReadFile>, files: readonly Source[]): void {
  const there = new Set(files.map(({ path }) => path));
  for (const path of known.keys()) if (!there.has(path)) known.delete(path);
}

/** As a whole. */
export function readWhole(source: Source): Unit {
  const { value, diagnostics } = parse(source);
  return unitOf(value, diagnostics);
}

function unitOf(file: File, diagnostics: readonly Diagnostic[]): Unit {
  const { source, start, end } = file;
  const suppressions = suppressionsIn(source, start, end);
  const line = lineOf(source);
  return {
    file,
    found: anchored(diagnostics),
    suppressions: () =>
      suppressions.length === 0
        ? suppressions
        : suppressionsMoved(suppressions, file.start - start, lineOf(source) - line),
  };
}

/** Of the start of a part in its file. */
function lineOf({ part }: Source): number {
  return part ? positionAt(part.whole, part.start).line : 1;
}

function readFirst(source: Source, large: number, least: number): ReadFile {
  const { value, diagnostics } = parse(source);
  const isDivided = source.text.length >= large && diagnostics.length === 0 && value.declarations.length > 1;
  if (!isDivided) return { source, units: [unitOf(value, diagnostics)] };
  const numbers = Array.from(value.declarations.keys());
  return fileOf(source, divided(source, [0, source.text.length], value.declarations, least, numbers));
}

function fileOf(source: Source, parts: readonly PartRead[]): ReadFile {
  return { source, units: parts.map(({ unit }) => unit), parts };
}

type Range = readonly [start: number, end: number];

/** `declarations`: of the range, read without a finding; with the source of the first of `numbers` or the file's. */
function divided(
  source: Source,
  [start, end]: Range,
  declarations: readonly Declaration[],
  least: number,
  numbers: readonly number[],
): readonly PartRead[] {
  const parts: PartRead[] = [];
  let [from, first] = [start, 0];
  for (const [i, d] of declarations.entries()) {
    const next = declarations[i + 1];
    const to = next ? lineBehind(source.text, d.end, next.start) : end;
    if (to === undefined || (next && to - from < least)) continue;
    parts.push(partRead(source, numbers[parts.length] ?? 0, [from, to], declarations.slice(first, i + 1)));
    [from, first] = [to, i + 1];
  }
  return parts;
}

function partRead(
  source: Source,
  number: number,
  [start, end]: Range,
  declarations: readonly Declaration[],
  diagnostics: readonly Diagnostic[] = [],
): PartRead {
  const known = declarations[0]?.source;
  const own = isOf(known, number) ? known : partSource(source, number, start);
  if (own !== known) takeOver(declarations, own);
  const part = partOf(own, end, declarations);
  return { ...part, unit: unitOf(part.file, diagnostics) };
}

function isOf(source: Source | undefined, number: number): source is PartSource {
  return source?.part?.number === number;
}

/** The start of the line after an offset, where nothing but white space and comments to the line's end stand before it. */
function lineBehind(text: string, from: number, before: number): number | undefined {
  const line = /^[ \t]*(?:\/\/[^\r\n]*)?(?:\r\n|\r|\n)/.exec(text.slice(from, before));
  return line ? from + line[0].length : undefined;
}

// ---------------------------------------------------------------- again

/** What was read instead of some parts. */
interface ReadRange {
  /** Indices of the first and the last of these parts. */
  readonly from: number;
  readonly to: number;
  readonly declarations: readonly Declaration[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Undefined where the file has to be read as a whole. */
function readAgain(parts: readonly PartRead[], source: Source, least: number): ReadFile | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const old = wholeOf(first.file.source).text;
  const change = changeBetween(old, source.text);
  if (isStrange(source, change)) return undefined;
  const read = readTouched(parts, source, change, old);
  if (!read) return undefined;
  const fresh = withEdits(
    partsOf(parts, source, change.by, read, least),
    parts.slice(read.from, read.to + 1),
    old,
    change,
  );
  const [before, behind] = [parts.slice(0, read.from), parts.slice(read.to + 1)];
  for (const part of before) moveTo(source, part, 0);
  for (const part of behind) moveTo(source, part, change.by);
  return fileOf(source, [...before, ...fresh, ...behind]);
}

/** Looks at what is new with what stands at its sides: there half a character may be left. */
function isStrange({ text }: Source, { start, end, by }: Change): boolean {
  const fresh = text.slice(Math.max(0, start - 2), end + by + 2);
  return fresh.includes("\0") || (/[\ud800-\udfff]/.test(fresh) && !text.isWellFormed());
}

function withEdits(
  fresh: readonly PartRead[],
  [before, ...more]: readonly PartRead[],
  old: string,
  change: Change,
): readonly PartRead[] {
  const [now] = fresh;
  if (!before || !now || fresh.length + more.length > 1) return fresh;
  const edit = slightEdit(old, before.file.source, change, now.file);
  return edit ? [{ ...now, unit: { ...now.unit, edit } }] : fresh;
}

function readTouched(parts: readonly PartRead[], source: Source, change: Change, old: string): ReadRange | undefined {
  // The line end of the last line of a part is where the next one begins.
  const lineEnd = endOfLine(old, change.end) + 2;
  const to = parts.findLastIndex(({ file }) => file.start <= lineEnd);
  let from = closedBefore(
    parts,
    parts.findIndex(({ file }) => file.end >= change.start),
  );
  for (let ahead = 0; ; ) {
    const last = Math.min(to + ahead, parts.length - 1);
    const read = readRange(parts, source, change.by, from, last);
    if (!read) return undefined;
    if (from > 0 && beginsWrong(read)) from = closedBefore(parts, from - 1);
    else if (last === parts.length - 1 || endsBy(read, source)) return read;
    else if (ahead > 0 && standsStill(read, parts[last], change.by)) return withoutLast(read, parts[last], change.by);
    else ahead = ahead * 2 + 1;
  }
}

/** Undefined where what the parts hold can depend on what follows them at any distance. */
function readRange(
  parts: readonly PartRead[],
  source: Source,
  by: number,
  from: number,
  to: number,
): ReadRange | undefined {
  const [first, last] = [parts[from]?.file, parts[to]?.file];
  if (!first || !last) return undefined;
  const [start, end] = [first.start, last.end + by];
  const own = partSource(source, first.source.part.number, start);
  const { value: declarations, diagnostics } = parseDeclarations(own, start, end);
  // Brackets or texts too deep inside one another: from there on the parser says nothing, so silence proves nothing.
  const isDeep = diagnostics.some(({ args }) => args["found"] === "more");
  const isOpen = diagnostics.some(({ code, args }) => code === "P1002" && args["what"] !== "text");
  if (isDeep || (isOpen && /"""|\/\*/.test(source.text.slice(start, end)))) return undefined;
  return { from, to, declarations, diagnostics };
}

/** The part from which on reading does not depend on what stands before it, at or before the one at `at`. */
function closedBefore(parts: readonly PartRead[], at: number): number {
  let from = at;
  for (let before = parts[from - 1]; before; before = parts[from - 1]) {
    if (before.unit.found.anchored.length === 0 && isClosed(before.file.declarations.at(-1))) break;
    from--;
  }
  return from;
}

/** Nothing that follows can belong to it. */
function isClosed(d: Declaration | undefined): boolean {
  return (d?.kind === "FlowDecl" || d?.kind === "TestDecl") && d.source.text.charAt(d.end - 1) === "}";
}

/** What stands there may go on with what stands before it. */
function beginsWrong({ declarations: [first], diagnostics }: ReadRange): boolean {
  if (!first || first.kind === "InvalidDecl") return true;
  return diagnostics.some(({ span }) => span.start <= first.start);
}

/** Whatever follows, this is what stands there. */
function endsBy({ declarations, diagnostics }: ReadRange, source: Source): boolean {
  const last = declarations.at(-1);
  return (
    diagnostics.length === 0 &&
    isClosed(last) &&
    lineBehind(source.text, last?.end ?? 0, source.text.length) !== undefined
  );
}

/** The last part was read as it was before, so what follows it would be, too. */
function standsStill({ declarations, diagnostics }: ReadRange, part: PartRead | undefined, by: number): boolean {
  if (!part || part.unit.found.anchored.length > 0) return false;
  const { start, declarations: before } = part.file;
  const now = declarations.slice(-before.length);
  const isSame = before.every(
    (d, i) => now[i]?.kind === d.kind && now[i].start === d.start + by && now[i].end === d.end + by,
  );
  return isSame && now.length < declarations.length && diagnostics.every(({ span }) => span.end < start + by);
}

function withoutLast(read: ReadRange, part: PartRead | undefined, by: number): ReadRange {
  const { declarations, diagnostics, from, to } = read;
  const start = (part?.file.start ?? 0) + by;
  return { from, to: to - 1, declarations: declarations.filter((d) => d.start < start), diagnostics };
}

/** In the place of those that were read again; what has findings stays together. */
function partsOf(
  parts: readonly PartRead[],
  source: Source,
  by: number,
  { from, to, declarations, diagnostics }: ReadRange,
  least: number,
): readonly PartRead[] {
  const range: Range = [parts[from]?.file.start ?? 0, (parts[to]?.file.end ?? 0) + by];
  const used = parts.slice(from, to + 1).map(numberOf);
  const unused = Math.max(...parts.map(numberOf)) + 1;
  const numbers = declarations.map((_, i) => used[i] ?? unused + i);
  if (diagnostics.length === 0 && declarations.length > 0) return divided(source, range, declarations, least, numbers);
  return [partRead(source, used[0] ?? unused, range, declarations, diagnostics)];
}

function numberOf({ file }: PartRead): number {
  return file.source.part.number;
}
