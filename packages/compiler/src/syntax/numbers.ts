/** What begins with a digit: numbers (`12`, `1_000`, `3.50`) and durations (`1h30m`). */
import type { IToken, TokenType } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Source } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import * as T from "./tokens.ts";

const NUMBER = /^\d[\d_]*(\.\d+)?$/;
const DURATION = /^(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** Numbers are below this; a double holds whole numbers exactly up to there. */
const TOO_LARGE = 1e15;

/** Milliseconds of the units of `DURATION`, in its order. */
const UNITS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000] as const;

/** The token's type by its form; a form that is none of the language is reported. */
export function readNumber(source: Source, token: IToken, diagnostics: Diagnostic[]): TokenType {
  const { image, startOffset: start } = token;
  if (image.length <= 15 && isDigits(image)) return T.NumberLiteral;
  if (NUMBER.test(image) && numberValue(image) < TOO_LARGE) return T.NumberLiteral;
  if (DURATION.test(image) && durationValue(image) < TOO_LARGE) return T.Duration;
  const span = { source, start, end: start + image.length };
  const found = image.length > 40 ? `${image.slice(0, 40)}…` : image;
  const written = meantBy(image);
  const fixes =
    written === undefined ? [] : [{ title: `Write \`${written}\``, safe: true, edits: [{ span, text: written }] }];
  diagnostics.push(diagnostic("P1003", span, { what: "number or duration", found, hint: hintFor(image) }, { fixes }));
  return T.BadNumber;
}

function hintFor(image: string): string {
  if (NUMBER.test(image)) return "numbers are below 1_000_000_000_000_000";
  if (DURATION.test(image)) return "durations are below 30,000 years";
  if (image.endsWith(".")) return "a digit follows the decimal point";
  if (/^(\d+[wdhms])+$/.test(image)) return "units come in falling order, each once: `1d2h30m`";
  if (/^\d+(ms|min|mins|sec|secs|hr|hrs|hour|hours|day|days|week|weeks)$/.test(image))
    return "the units are w, d, h, m and s";
  if (/^\d+\.\d+[wdhms]$/.test(image)) return "durations have whole numbers: `1h30m`";
  return "";
}

const LETTERS: readonly string[] = ["w", "d", "h", "m", "s"];
/** Units that people write, by what they begin with. */
const PART = /(\d+(?:\.\d+)?)(weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)/gy;

/** The form of what can mean one thing only: `10min`, `30m1h`, `1.5h`, `5.`. */
function meantBy(image: string): string | undefined {
  if (/^\d[\d_]*\.$/.test(image)) return image.slice(0, -1);
  if (image.length > 40) return undefined;
  let ms = 0;
  let end = 0;
  for (const part of image.matchAll(PART)) {
    ms += Number(part[1]) * sure(UNITS[LETTERS.indexOf(sure(part[2]).charAt(0))]);
    end = part.index + part[0].length;
  }
  if (end !== image.length || ms === 0 || ms % 1000 !== 0 || ms >= TOO_LARGE) return undefined;
  return durationText(ms);
}

function durationText(ms: number): string {
  let rest = ms;
  let text = "";
  for (const [i, unit] of UNITS.entries()) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) text += `${count}${LETTERS[i]}`;
  }
  return text;
}

function isDigits(image: string): boolean {
  for (let i = 0; i < image.length; i++) {
    const c = image.charCodeAt(i);
    if (c < 48 || c > 57) return false;
  }
  return true;
}

/** The value of a number, of one of no known form what its digits say. */
export function numberValue(image: string): number {
  const value = Number.parseFloat(image.includes("_") ? image.replaceAll("_", "") : image);
  return Number.isFinite(value) ? value : 0;
}

/** Milliseconds; 0 for what is no duration. */
export function durationValue(image: string): number {
  const parts = DURATION.exec(image);
  if (parts === null) return 0;
  let value = 0;
  for (const [i, unit] of UNITS.entries()) value += unit * Number(parts[i + 1] ?? 0);
  return value;
}
