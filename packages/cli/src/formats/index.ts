import type { Format } from "./format.ts";

/** All formats by the name that `--format` takes, each loaded when it is used. */
export const FORMATS: Readonly<Record<string, () => Promise<Format>>> = {
  human: async () => (await import("./human.ts")).human,
  json: async () => (await import("./json.ts")).json,
  concise: async () => (await import("./concise.ts")).concise,
  sarif: async () => (await import("./sarif.ts")).sarif,
  github: async () => (await import("./github.ts")).github,
  junit: async () => (await import("./junit.ts")).junit,
  gitlab: async () => (await import("./gitlab.ts")).gitlab,
};
