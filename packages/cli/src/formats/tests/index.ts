import type { TestFormat } from "./run.ts";

/** The formats of `parley test`, each loaded when it is used. */
export const TEST_FORMATS: Readonly<Record<string, () => Promise<TestFormat>>> = {
  human: async () => (await import("./human.ts")).humanTests,
  json: async () => (await import("./json.ts")).jsonTests,
  junit: async () => (await import("./junit.ts")).junitTests,
};
