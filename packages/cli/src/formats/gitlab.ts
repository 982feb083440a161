/** GitLab's Code Quality report: an array of issues whose fingerprints stay when lines move. */
import { fingerprintsOf } from "../report/fingerprint.ts";
import { pathFromRoot } from "../report/root.ts";
import { visible } from "../report/visible.ts";
import type { Format } from "./format.ts";

const SEVERITIES = { error: "major", warning: "minor", info: "info" } as const;

export const gitlab: Format = {
  forPeople: false,
  write: ({ findings }) => {
    const prints = fingerprintsOf(findings);
    const issues = findings.map(({ code, severity, message, place }, i) => ({
      description: `${code}: ${visible(message)}`,
      check_name: code,
      fingerprint: prints[i],
      severity: SEVERITIES[severity],
      location: { path: pathFromRoot(place), lines: { begin: place.start.line, end: place.end.line } },
    }));
    return `${JSON.stringify(issues, null, 2)}\n`;
  },
};
