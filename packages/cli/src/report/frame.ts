/**
 * Code frames: lines of a source with a place underlined, by display width. Tabs, wide characters, emoji and characters
 * that do not show are put in a form that does; long lines are cut around the place.
 */
import type { Paint } from "./colours.ts";
import type { Place } from "./finding.ts";
import { lineText } from "./lines.ts";
import { visible } from "./visible.ts";
import type { Measure } from "./width.ts";

export interface FrameStyle {
  readonly paint: Paint;
  /** Display columns for a line of source. */
  readonly width: number;
  readonly measure: Measure;
  readonly mark: "^" | "-";
  readonly colour: "red" | "yellow" | "blue";
}

/** One line of a frame: its number, its text, the part that is marked, in display columns. */
interface Row {
  readonly line: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The lines of a frame, without a heading. `gutter` is how many columns the line numbers take. */
export function frame(place: Place, gutter: number, style: FrameStyle): readonly string[] {
  const { paint } = style;
  const bar = paint("blue", `${" ".repeat(gutter)} |`);
  const lines = [bar];
  let last = 0;
  for (const row of rowsOf(place, style)) {
    if (last !== 0 && row.line > last + 1) lines.push(paint("blue", "..."));
    last = row.line;
    lines.push(`${paint("blue", `${String(row.line).padStart(gutter)} |`)} ${row.text}`.trimEnd());
    const marks = style.mark.repeat(Math.max(1, row.to - row.from));
    lines.push(`${bar} ${" ".repeat(row.from)}${paint(style.colour, marks)}`);
  }
  return lines;
}

/** How many columns the line numbers of these places take. */
export function gutterOf(places: readonly Place[]): number {
  return Math.max(1, ...places.map((p) => String(p.end.line).length));
}

function rowsOf(place: Place, style: FrameStyle): readonly Row[] {
  const { start, end, source } = place;
  const first = lineText(source, start.line);
  if (start.line === end.line) return [row(start.line, first, start.column - 1, end.column - 1, style)];
  const top = row(start.line, first, start.column - 1, first.length, style);
  const text = lineText(source, end.line);
  const from = text.length - text.trimStart().length;
  return from < end.column - 1 ? [top, row(end.line, text, from, end.column - 1, style)] : [top];
}

function row(line: number, text: string, start: number, end: number, style: FrameStyle): Row {
  const from = Math.min(start, text.length);
  const to = Math.max(from, Math.min(end, text.length));
  const cut = windowOf(text, from, to, style);
  const before = `${cut.from > 0 ? "…" : ""}${visible(text.slice(cut.from, from))}`;
  const marked = visible(text.slice(from, Math.min(to, cut.to)));
  const after = `${visible(text.slice(Math.min(to, cut.to), cut.to))}${cut.to < text.length ? "…" : ""}`;
  const left = style.measure(before);
  return { line, text: before + marked + after, from: left, to: left + style.measure(marked) };
}

/** The part of a line that is shown, in UTF-16 units: as much as fits, with some of what stands before the place. */
function windowOf(
  text: string,
  from: number,
  to: number,
  { width, measure }: FrameStyle,
): { readonly from: number; readonly to: number } {
  if (text.length <= width && measure(visible(text)) <= width) return { from: 0, to: text.length };
  const lead = Math.max(Math.floor(width / 3), width - (to - from) - 10);
  let begin = stepTo(text, Math.max(0, from - lead));
  while (measure(visible(text.slice(begin, from))) > lead) begin = stepTo(text, begin + 2);
  let finish = Math.min(text.length, begin + width - 2);
  while (finish > begin + 1 && measure(visible(text.slice(begin, finish))) > width - 2) finish--;
  return { from: begin, to: stepTo(text, finish) };
}

/** An offset that does not split a surrogate pair. */
function stepTo(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}
