/** P3017. */
import { at, type Checked, type Report } from "./program.ts";

/** Also where the variation selector that makes it an emoji is left out, as keyboards do for hearts. */
const EMOJI = /^\p{RGI_Emoji}$/v;
const AS_EMOJI = "\uFE0F";

export function reactionsAreOneEmoji(program: Checked, report: Report): void {
  for (const { emoji } of program.nodes.reacts) {
    if (!emoji) continue;
    const written = emoji.parts.filter((part) => typeof part === "string").join("");
    if (emoji.parts.some((part) => typeof part !== "string")) {
      at(report, "P3017", emoji, { problem: "hole", found: written });
    } else if (!EMOJI.test(written) && !EMOJI.test(written + AS_EMOJI)) {
      at(report, "P3017", emoji, { problem: "count", found: written });
    }
  }
}
