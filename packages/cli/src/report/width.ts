import type { Place } from "./finding.ts";
import { lineText } from "./lines.ts";

/** How many columns of a terminal a text takes. */
export type Measure = (text: string) => number;

const ASCII = /^[\t\x20-\x7e]*$/;

/** For the lines of these places. What measures all of Unicode is only loaded where there is more than ASCII. */
export async function measureFor(places: readonly Place[]): Promise<Measure> {
  const ascii = places.every(({ source, start, end }) =>
    [start.line, end.line].every((n) => ASCII.test(lineText(source, n))),
  );
  return ascii ? (text) => text.length : (await import("string-width")).default;
}
