/** One finding for people: its frame, other places, the reason, what would mend it. */
import type { Paint } from "../report/colours.ts";
import type { Finding } from "../report/finding.ts";
import { frame, gutterOf } from "../report/frame.ts";
import { patchesOf } from "../report/patch.ts";
import { visible } from "../report/visible.ts";
import { measureFor } from "../report/width.ts";
import type { View } from "./format.ts";

const COLOURS = { error: "red", warning: "yellow", info: "blue" } as const;

/** More lines of a fix than this are left out. */
const FIX_LINES = 8;

export async function findingText(finding: Finding, view: View): Promise<string> {
  const { paint } = view;
  const related = finding.related.map((r) => r.place);
  const edits = finding.fixes.flatMap((f) => f.edits.map((e) => e.place));
  const measure = await measureFor([finding.place, ...related]);
  const gutter = gutterOf([finding.place, ...related, ...edits]);
  const colour = COLOURS[finding.severity];
  const width = Math.max(40, view.width - gutter - 3);
  const indent = " ".repeat(gutter);
  const arrow = paint("blue", `${indent}-->`);
  const note = (kind: string, text: string): string =>
    `${indent} ${paint("blue", "=")} ${paint("bold", `${kind}:`)} ${text}`;
  const { start } = finding.place;
  return [
    `${paint([colour, "bold"], `${finding.severity}[${finding.code}]`)}${paint("bold", `: ${visible(finding.message)}`)}`,
    `${arrow} ${finding.place.shown}:${start.line}:${start.column}`,
    ...frame(finding.place, gutter, { paint, width, measure, mark: "^", colour }),
    ...finding.related.flatMap((r) => [
      note("note", visible(r.message)),
      `${arrow} ${r.place.shown}:${r.place.start.line}:${r.place.start.column}`,
      ...frame(r.place, gutter, { paint, width, measure, mark: "-", colour: "blue" }),
    ]),
    note("note", finding.why),
    ...finding.fixes.flatMap((fix) => [note("help", visible(fix.title)), ...fixLines(fix, gutter, width, paint)]),
    note("docs", `${finding.docs} (parley explain ${finding.code})`),
  ].join("\n");
}

function fixLines(fix: Finding["fixes"][number], gutter: number, width: number, paint: Paint): readonly string[] {
  return patchesOf(fix).flatMap(({ place, before, after }) => {
    const line = (sign: "-" | "+", text: string, i: number): string => {
      const number = String(place.start.line + i).padStart(gutter);
      return paint(sign === "-" ? "red" : "green", `${number} ${sign} ${clip(visible(text), width)}`.trimEnd());
    };
    const lines = [...before.map((t, i) => line("-", t, i)), ...after.map((t, i) => line("+", t, i))];
    const bar = paint("blue", `${" ".repeat(gutter)} |`);
    if (lines.length <= FIX_LINES) return [bar, ...lines];
    return [bar, ...lines.slice(0, FIX_LINES), paint("blue", `... ${lines.length - FIX_LINES} more lines`)];
  });
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
