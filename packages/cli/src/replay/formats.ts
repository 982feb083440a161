import type { ReplayReport } from "./report.ts";

/** The formats of `parley replay`, each loaded when it is used. */
export const REPLAY_FORMATS: Readonly<Record<string, () => Promise<(report: ReplayReport) => string>>> = {
  human: async () => (await import("./human.ts")).human,
  json: async () => (await import("./json.ts")).json,
};
