import type { PlanReport } from "./report.ts";

export function json(report: PlanReport): string {
  return `${JSON.stringify({ version: 1, ...report }, null, 2)}\n`;
}
