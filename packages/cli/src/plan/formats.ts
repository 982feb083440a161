import type { PlanReport } from "./report.ts";

/** The formats of `parley plan`, each loaded when it is used. */
export const PLAN_FORMATS: Readonly<Record<string, () => Promise<(report: PlanReport) => string>>> = {
  human: async () => (await import("./human.ts")).human,
  json: async () => (await import("./json.ts")).json,
};
