/**
 * Workflow commands of GitHub Actions, which show as annotations. GitHub shows 10 errors, 10 warnings and 10 notices of a
 * step and drops the rest without a word; so does this, but says it, in the one notice that it keeps for that.
 */
import type { Finding } from "../report/finding.ts";
import { pathFromRoot } from "../report/root.ts";
import { visible } from "../report/visible.ts";
import { concise } from "./concise.ts";
import type { Format } from "./format.ts";
import { sumOf } from "./plural.ts";

const COMMANDS = { error: "error", warning: "warning", info: "notice" } as const;
/** Annotations of one kind in a step (GitHub, "Workflow commands", 2025). */
const CAP = 10;

export const github: Format = {
  forPeople: false,
  write: async (report, view) => {
    const left = { error: CAP, warning: CAP, info: CAP - 1 };
    const annotated: Finding[] = [];
    const dropped: Finding[] = [];
    for (const finding of report.findings) (left[finding.severity]-- > 0 ? annotated : dropped).push(finding);
    const commands = annotated.map(command).join("");
    if (dropped.length === 0) return commands;
    const sum = `${sumOf(report)}; GitHub shows ${annotated.length} of them, the other ${dropped.length} are in the log of this step`;
    const rest = await concise.write({ ...report, findings: dropped }, view);
    return `${commands}::notice title=parley::${data(sum)}\n${rest}`;
  },
};

function command({ severity, code, message, why, place }: Finding): string {
  const { start, end } = place;
  const properties: Readonly<Record<string, string | number>> = {
    file: pathFromRoot(place),
    line: start.line,
    endLine: end.line,
    // GitHub takes columns only of places within one line, and counts the last one in.
    ...(start.line === end.line ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) } : {}),
    title: `${code} ${severity}`,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${COMMANDS[severity]} ${list.join(",")}::${data(`${visible(message)}\n${why}`)}\n`;
}

/** The escapes of the runner: of the text, and of the values before it. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
