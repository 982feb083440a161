import type { Drawing } from "./drawing.ts";

export function json(drawing: Drawing): string {
  return `${JSON.stringify(drawing, null, 2)}\n`;
}
