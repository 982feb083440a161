import type { CostReport } from "./report.ts";

export function json(report: CostReport): string {
  return `${JSON.stringify({ version: 1, ...report }, null, 2)}\n`;
}
