/** What the drawings for people have in common. */
import { visible } from "../report/visible.ts";
import type { Box, Drawing } from "./drawing.ts";
import type { Label } from "./labels.ts";

/** More labels than this are counted. */
const MOST_LABELS = 5;

/** The lines of a box, its name first. */
export function linesOf({ kind, name, lines, exits }: Box): readonly string[] {
  const ends = exits.map(({ how, labels }) => `→ ${how}${labels.length > 0 ? ` (${labelText(labels)})` : ""}`);
  return [kind === "start" ? "start" : name, ...lines, ...ends].map(visible);
}

export function labelText(labels: readonly Label[]): string {
  const shown = labels.slice(0, MOST_LABELS).map((label) => visible(label.text));
  const more = labels.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

/** `n0`, `n1`, …: names of states may be words of the other language. */
export function numbersOf({ flows }: Drawing): (id: string) => string {
  const numbers = new Map(flows.flatMap((flow) => flow.boxes).map((box, i) => [box.id, `n${i}`]));
  return (id) => numbers.get(id) ?? "";
}
