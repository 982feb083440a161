import type { Finding, Place } from "../report/finding.ts";
import type { Format } from "./format.ts";

/** One object; its form is `schemas/report.schema.json`. */
export const json: Format = {
  forPeople: false,
  write: (report) => {
    const { findings, errors, warnings, files } = report;
    return `${JSON.stringify({ diagnostics: findings.map(plainFinding), summary: { errors, warnings, files } }, null, 2)}\n`;
  },
};

export function plainFinding(f: Finding): object {
  return {
    code: f.code,
    severity: f.severity,
    message: f.message,
    why: f.why,
    ...where(f.place),
    related: f.related.map((r) => ({ message: r.message, ...where(r.place) })),
    fixes: f.fixes.map(({ title, safe, edits }) => ({
      title,
      safe,
      edits: edits.map((e) => ({ ...where(e.place), text: e.text })),
    })),
    docs: f.docs,
  };
}

function where({ file, start, end }: Place): object {
  return { file, range: { start, end } };
}
