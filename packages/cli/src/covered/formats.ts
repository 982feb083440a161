import type { CoverageFormat } from "./report.ts";

/** The formats of `parley test --coverage`, each loaded when it is used. */
export const COVERAGE_FORMATS: Readonly<Record<string, () => Promise<CoverageFormat>>> = {
  text: async () => (await import("./text.ts")).text,
  lcov: async () => (await import("./lcov.ts")).lcov,
  json: async () => (await import("./json.ts")).json,
  html: async () => (await import("./html.ts")).html,
};
