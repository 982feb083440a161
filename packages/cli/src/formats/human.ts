import type { Paint } from "../report/colours.ts";
import type { Finding, Report } from "../report/finding.ts";
import { frame, gutterOf, visible } from "../report/frame.ts";
import { patchesOf } from "../report/patch.ts";
import type { Format, View } from "./format.ts";

/** Frames with reasons, fixes and the way to the page; the sum on the last line. */
export const human: Format = {
  forPeople: true,
  write: (report, view) => {
    const shown = report.findings.slice(0, view.max).map((f) => `${findingText(f, view)}\n\n`);
    return `${shown.join("")}${summary(report, view)}\n`;
  },
};

const COLOURS = { error: "red", warning: "yellow", info: "blue" } as const;

/** More lines of a fix than this are left out. */
const FIX_LINES = 8;

export function findingText(finding: Finding, view: View): string {
  const { paint } = view;
  const related = finding.related.map((r) => r.place);
  const edits = finding.fixes.flatMap((f) => f.edits.map((e) => e.place));
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
    ...frame(finding.place, gutter, { paint, width, mark: "^", colour }),
    ...finding.related.flatMap((r) => [
      note("note", visible(r.message)),
      `${arrow} ${r.place.shown}:${r.place.start.line}:${r.place.start.column}`,
      ...frame(r.place, gutter, { paint, width, mark: "-", colour: "blue" }),
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

/** The last line: `and 3 more …`, then how many of what. */
function summary(report: Report, view: View): string {
  const hidden = report.findings.length - Math.min(view.max, report.findings.length);
  const more = hidden > 0 ? `and ${hidden} more (--max-diagnostics none shows all)\n\n` : "";
  const infos = report.findings.length - report.errors - report.warnings;
  const counts = [
    report.errors > 0 ? view.paint(["red", "bold"], plural(report.errors, "error")) : "",
    report.warnings > 0 ? view.paint(["yellow", "bold"], plural(report.warnings, "warning")) : "",
    infos > 0 ? plural(infos, "remark") : "",
  ].filter((part) => part !== "");
  const found = counts.length > 0 ? counts.join(", ") : view.paint("green", "no errors");
  return `${more}${found} in ${plural(report.files, "file")}`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
