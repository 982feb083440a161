/** P3017. */
import { at, type Checked, type Report } from "./program.ts";

const AS_EMOJI = "\uFE0F";

/** Also where the variation selector that makes it an emoji is left out, as keyboards do for hearts. */
function isOneEmoji(text: string): boolean {
  // In here, since making it takes milliseconds and few flows react.
  const emoji = /^\p{RGI_Emoji}$/v;
  return emoji.test(text) || emoji.test(text + AS_EMOJI);
}

export function reactionsAreOneEmoji(program: Checked, report: Report): void {
  for (const { emoji } of program.nodes.reacts) {
    if (!emoji) continue;
    const written = emoji.parts.filter((part) => typeof part === "string").join("");
    if (emoji.parts.some((part) => typeof part !== "string")) {
      at(report, "P3017", emoji, { problem: "hole", found: written });
    } else if (!isOneEmoji(written)) {
      at(report, "P3017", emoji, { problem: "count", found: written });
    }
  }
}
