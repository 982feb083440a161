/** What tells the same finding in the next run, also after lines were put in above it. */
import { createHash } from "node:crypto";
import type { Finding } from "./finding.ts";
import { lineText } from "./lines.ts";
import { pathFromRoot } from "./root.ts";

/** One for each finding, in their order: of code, file and the text of the line; equal ones are counted. */
export function fingerprintsOf(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ code, place }) => {
    const key = JSON.stringify([code, pathFromRoot(place), lineText(place.source, place.start.line).trim()]);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return createHash("sha256").update(`${key} ${before}`).digest("hex").slice(0, 32);
  });
}
