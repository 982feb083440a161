import type { Drawing } from "./drawing.ts";

/** The formats of `parley graph`, each loaded when it is used. */
export const GRAPH_FORMATS: Readonly<Record<string, () => Promise<(drawing: Drawing) => string>>> = {
  mermaid: async () => (await import("./mermaid.ts")).mermaid,
  dot: async () => (await import("./dot.ts")).dot,
  svg: async () => (await import("./svg.ts")).svg,
  json: async () => (await import("./json.ts")).json,
};
