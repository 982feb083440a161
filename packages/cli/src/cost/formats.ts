import type { CostReport } from "./report.ts";

/** The formats of `parley cost`, each loaded when it is used. */
export const COST_FORMATS: Readonly<Record<string, () => Promise<(report: CostReport) => string>>> = {
  human: async () => (await import("./human.ts")).human,
  json: async () => (await import("./json.ts")).json,
};
