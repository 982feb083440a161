/** P3017. */
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { TextExpr } from "../syntax/ast.ts";
import { at, type Checked, type Report } from "./program.ts";

const AS_EMOJI = "\uFE0F";

/** Also where the variation selector that makes it an emoji is left out, as keyboards do for hearts. */
function isOneEmoji(text: string): boolean {
  // In here, since making it takes milliseconds and few flows react.
  // Stryker disable next-line Regex: `\P` of a property of strings is a syntax error
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
      at(report, "P3017", emoji, { problem: "count", found: written }, { fixes: first(emoji, written) });
    }
  }
}

/** Of several the first; what is no emoji at all means none. */
function first(text: TextExpr, written: string): readonly Fix[] {
  for (const { segment } of new Intl.Segmenter("en").segment(written)) {
    if (!isOneEmoji(segment)) continue;
    return [{ title: `Keep ${segment}`, safe: false, edits: [{ span: text, text: `"${segment}"` }] }];
  }
  return [];
}
