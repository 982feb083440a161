import type { Report } from "../report/finding.ts";

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `2 errors, 1 warning`, without the kinds that there are none of. */
export function sumOf({ findings, errors, warnings }: Report): string {
  const remarks = findings.length - errors - warnings;
  const counts = [
    [errors, "error"],
    [warnings, "warning"],
    [remarks, "remark"],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => plural(count, noun))
    .join(", ");
}
