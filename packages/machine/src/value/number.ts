/** Numbers as texts. */

/** Numbers stay below this in size: above it a double cannot tell neighbours apart in 15 digits. */
export const LARGEST = 1e15;

const DIGITS = 15;
const PLACES = 6;

/** Rounded to 15 significant digits and at most 6 decimals, never with an exponent; at most 20 characters below 10^15. */
export function printNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < LARGEST) return value === 0 ? "0" : String(value);
  if (!Number.isFinite(value)) return "";
  const significant = Number(value.toPrecision(DIGITS));
  // Of what the double holds beyond its 15 digits nothing is printed.
  const whole = Math.max(1, Math.floor(Math.log10(Math.abs(significant) || 1)) + 1);
  const fixed = significant.toFixed(Math.max(0, Math.min(PLACES, DIGITS - whole)));
  // Beyond 10^21 `toFixed` itself turns to exponents; such numbers fit no type.
  if (fixed.includes("e")) return BigInt(significant).toString();
  const trimmed = fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
  return trimmed === "-0" ? "0" : trimmed;
}

/** Rounded half away from zero, as people do. */
export function roundTo(value: number, places: number): number {
  if (!Number.isFinite(value)) return value;
  const digits = Math.max(0, Math.min(PLACES, Math.trunc(places)));
  const scaled = Number(`${Math.abs(value)}e${digits}`);
  if (!Number.isFinite(scaled)) return Number(value.toFixed(digits));
  const rounded = Math.round(scaled) / 10 ** digits;
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}
