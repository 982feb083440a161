import { sure } from "../text/sure.ts";

const UNITS: Readonly<Record<string, number>> = {
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
};

/** Milliseconds of a duration that the schema accepted: `5m`, `1h30m`. */
export function durationMs(text: string): number {
  let sum = 0;
  for (const [, digits = "", unit = ""] of text.matchAll(/([0-9]+)([wdhms])/g)) {
    sum += Number(digits) * sure(UNITS[unit]);
  }
  return sum;
}
