import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/source.ts";

/** Writes the platform that there is, at the place of the one that was written. */
export function useCloud(platform: Span): Fix {
  return { title: "Write `cloud`", safe: false, edits: [{ span: platform, text: "cloud" }] };
}
