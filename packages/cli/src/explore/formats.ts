import type { ExploreReport } from "./report.ts";

/** The formats of `parley explore`, each loaded when it is used. */
export const EXPLORE_FORMATS: Readonly<Record<string, () => Promise<(report: ExploreReport) => string>>> = {
  human: async () => (await import("./human.ts")).human,
  json: async () => (await import("./json.ts")).json,
};
