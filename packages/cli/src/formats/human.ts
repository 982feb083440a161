import type { Report } from "../report/finding.ts";
import type { Format, View } from "./format.ts";
import { plural } from "./plural.ts";

/** Frames with reasons, fixes and the way to the page; the sum on the last line. */
export const human: Format = {
  forPeople: true,
  write: async (report, view) => {
    const findings = report.findings.slice(0, view.max);
    if (findings.length === 0) return `${summary(report, view)}\n`;
    const { findingText } = await import("./finding-text.ts");
    const texts = await Promise.all(findings.map((f) => findingText(f, view)));
    return `${texts.map((text) => `${text}\n\n`).join("")}${summary(report, view)}\n`;
  },
};

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
