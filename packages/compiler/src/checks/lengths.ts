/** Texts within WhatsApp's limits, for every value of their holes: P3004-P3008, P3013, P3016, P3023. */
import { codePoints, LIMITS } from "@parley/whatsapp";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { TextExpr } from "../syntax/ast.ts";
import { withSpaceBefore } from "../text/removal.ts";
import { type Span, spanOf, spanText } from "../text/source.ts";
import { type HoleLength, maxLength, type TextLength } from "../types/length.ts";
import { show } from "../types/show.ts";
import { asWritten } from "../types/wording.ts";
import { beyond } from "./beyond.ts";
import { at, type Checked, type Report } from "./program.ts";
import type { TextUse } from "./text-uses.ts";

export function textsWithinLimits(program: Checked, report: Report): void {
  const wording = asWritten(program.settings.locales.default);
  // One case of an enum can be a row of many asks.
  const seen = new Set<TextExpr>();
  for (const use of program.texts) {
    if (use.written !== undefined && use.written.length <= use.max) continue;
    if (seen.has(use.text)) continue;
    seen.add(use.text);
    const length = maxLength(program.types.ofExpr, use.text, wording);
    if (use.short && length.codePoints > use.max) labelAsDescription(use, use.short, length, report);
    else checkLength(use, length, report);
  }
}

function checkLength(use: TextUse, length: TextLength, report: Report): void {
  const { text, what, max } = use;
  const written = length.literal.codePoints;
  if (written > max) {
    at(report, use.code, beyond(text, max), { what, length: written, max }, { fixes: repairs(use) });
  } else if (length.codePoints > max) {
    canBeExceeded(use, length, report);
  } else if (length.utf16 > max) {
    at(report, "P3023", text, { what, length: length.codePoints, units: length.utf16, max });
  }
}

/** Beside `short` a long label is no title: in a list it is the description, unless one is written. */
function labelAsDescription(use: TextUse, short: TextExpr, length: TextLength, report: Report): void {
  const max = LIMITS.rowDescription.max;
  if (use.option?.description || length.codePoints <= max || use.max !== LIMITS.rowTitle.max) return;
  const place = length.literal.codePoints > max ? beyond(use.text, max) : use.text;
  const related = [{ span: short, message: "this stands as the title" }];
  at(report, "P3005", place, { what: use.what, length: length.codePoints, max, problem: "label" }, { related });
}

// ---------------------------------------------------------------- values

function canBeExceeded(use: TextUse, length: TextLength, report: Report): void {
  // Of a hole whose type is an error nothing is known.
  if (length.holes.some(({ type }) => type.kind === "unknown")) return;
  const { what, max } = use;
  const { place, fixes } = culprit(length, max);
  const args = { what, length: length.codePoints, max, sum: sumOf(length) };
  at(report, "P3016", place ?? use.text, args, { fixes: [...fixes, ...repairs(use)] });
}

/** `7 written + 24 for {p.name}: text(24)`. */
export function sumOf({ literal, holes }: TextLength): string {
  const terms = holes.map(({ hole, type, max }) => `${max} for ${sourceOf(hole)}: ${show(type)}`);
  return [...(literal.codePoints > 0 ? [`${literal.codePoints} written`] : []), ...terms].join(" + ");
}

function sourceOf(hole: HoleLength["hole"]): string {
  const written = spanText(hole.value);
  return written.length <= 30 ? written : "a value";
}

/** The longest value; a text among values can be cut to what is left for it. */
function culprit(
  length: TextLength,
  max: number,
): { readonly place: Span | undefined; readonly fixes: readonly Fix[] } {
  const longest = length.holes.reduce<HoleLength | undefined>((a, b) => (a && a.max >= b.max ? a : b), undefined);
  if (!longest) return { place: undefined, fixes: [] };
  const value = longest.hole.value;
  const room = max - (length.codePoints - longest.max);
  const cuttable = longest.type.kind === "text" && room >= 1;
  return { place: value, fixes: cuttable ? [clip(value, room)] : [] };
}

function clip(value: Span, room: number): Fix {
  const { source, start, end } = value;
  return {
    title: `Cut the value to ${room === 1 ? "1 character" : `${room} characters`}`,
    safe: false,
    edits: [
      { span: spanOf(source, start, start), text: "clip(" },
      { span: spanOf(source, end, end), text: `, ${room})` },
    ],
  };
}

// ---------------------------------------------------------------- repairs

/** A title that is too long gets `short`; what opens a list has a built-in word. */
function repairs(use: TextUse): readonly Fix[] {
  if (use.code === "P3013" && use.clause) {
    return [{ title: "Use the built-in word", safe: false, edits: [{ span: withSpaceBefore(use.clause), text: "" }] }];
  }
  const { option, text, max } = use;
  if (!option || option.short || use.code !== "P3004") return [];
  const label = text.parts.filter((part) => typeof part === "string").join("");
  if (text.parts.some((part) => typeof part !== "string")) return [];
  const after = option.description ?? option.title ?? option.id;
  const edits = [{ span: spanOf(after.source, after.end, after.end), text: ` short "${shortened(label, max)}"` }];
  return [{ title: "Add a short title", safe: false, edits }];
}

/** Whole words that fit, escaped as in a literal. */
function shortened(label: string, max: number): string {
  let short = "";
  for (const word of label.trim().split(/\s+/u)) {
    const next = short === "" ? word : `${short} ${word}`;
    if (codePoints(next) > max) break;
    short = next;
  }
  if (short === "") short = [...label].slice(0, max).join("");
  return short.replace(/[\\"{}]/g, "\\$&");
}
