import type { Difference } from "@parley/simulator";
import { plural } from "../formats/plural.ts";
import { visible } from "../report/visible.ts";
import type { ReplayReport } from "./report.ts";

export function human({ name, conversations, turns, skipped, differences }: ReplayReport): string {
  const lines = [
    `${name}: ${plural(conversations, "conversation")}, ${plural(turns, "turn")} compared`,
    ...(skipped > 0 ? [`${plural(skipped, "turn")} before a conversation began are left out`] : []),
    ...differences.flatMap(differenceLines),
    differences.length === 0
      ? "it can do all that was recorded"
      : `${differences.length} of ${plural(conversations, "conversation")} ${differences.length === 1 ? "differs" : "differ"}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** Steps that are the same stand once; from the first that is not, both. */
function differenceLines({ contact, turn, at, event, recorded, now }: Difference): readonly string[] {
  const first = recorded.findIndex((step, i) => now[i] !== step);
  const same = first < 0 ? recorded.length : first;
  const rest = (steps: readonly string[]): readonly string[] => {
    const left = steps.slice(same).map(visible);
    return left.length === 0 ? ["nothing more"] : left;
  };
  return [
    `contact ${visible(contact)}, turn ${turn} (${visible(event)}, ${new Date(at).toISOString()}):`,
    ...recorded.slice(0, same).map((step) => `    ${visible(step)}`),
    ...rest(recorded).map((step) => `  - ${step}`),
    ...rest(now).map((step) => `  + ${step}`),
  ];
}
