import type { ReplayReport } from "./report.ts";

export function json({ name, conversations, turns, skipped, differences }: ReplayReport): string {
  return `${JSON.stringify({ version: 1, name, conversations, turns, skipped, differences }, null, 2)}\n`;
}
