/** Numbers as people type them. */
import { LARGEST } from "../value/number.ts";
import { asciiDigits } from "./digits.ts";

const NUMBER = /^([+-]?)(\d+(?:[.,' ]\d{3})*|\d*)(?:([.,])(\d+))?$/;

/**
 * The number that a text is, in whole: digits of any script, a sign, groups of three, the locale's decimal sign. Where the
 * other sign of `.` and `,` stands, it groups if three digits follow and is the decimal sign otherwise.
 */
export function parseNumber(text: string, decimal: "." | ","): number | null {
  if (/^\s*\d{1,15}\s*$/.test(text)) return Number(text);
  const plain = asciiDigits(text.normalize("NFKC"))
    .trim()
    .replace(/[\u2212\u2010-\u2015]/gu, "-")
    .replaceAll("٫", ",")
    .replaceAll("٬", ".")
    .replace(/[\s\u2019]/gu, " ")
    .replaceAll("’", "'");
  const match = NUMBER.exec(plain);
  if (!match || !/\d/.test(plain)) return null;
  const canonical = toCanonical(plain, decimal);
  const value = canonical === null ? Number.NaN : Number(canonical);
  return Number.isFinite(value) && Math.abs(value) < LARGEST ? value : null;
}

/** With `.` as the decimal sign and without groups; null where its signs contradict each other. */
function toCanonical(plain: string, decimal: "." | ","): string | null {
  const bare = plain.replace(/[ ']/g, "").replace(/^\+/, "");
  const signs = bare.match(/[.,]/g) ?? [];
  const last = signs.at(-1);
  if (last === undefined) return bare;
  const mixed = signs.some((sign) => sign !== last);
  const isDecimal = mixed ? true : signs.length === 1 && (last === decimal || !/[.,]\d{3}$/.test(bare));
  const at = isDecimal ? bare.lastIndexOf(last) : bare.length;
  const whole = bare.slice(0, at);
  if (/[.,]/.test(whole) && !/^-?\d{1,3}(?:[.,]\d{3})+$/.test(whole)) return null;
  return `${whole.replace(/[.,]/g, "") || "0"}${isDecimal ? `.${bare.slice(at + 1)}` : ""}`.replace(/^-\./, "-0.");
}
