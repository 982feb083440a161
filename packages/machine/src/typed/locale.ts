/** What is known of a locale's numbers and dates: costly to find out, so kept by whoever asks often. */
import { foldText } from "../text/fold.ts";
import { DAY_MS, toDays } from "../value/calendar.ts";

const DATE_PARTS = ["day", "month", "year"] as const;
export type DatePart = (typeof DATE_PARTS)[number];

export interface LocaleFacts {
  readonly decimal: "." | ",";
  /** Among the digits 0 to 9, which is how numbers are printed. */
  readonly printedDecimal: "." | ",";
  /** Of short dates, such as day, month, year. */
  readonly dateOrder: readonly DatePart[];
  /** Folded names of the months, long and short, without full stops, with their numbers; English ones are among them. */
  readonly months: ReadonlyMap<string, number>;
}

export type Facts = (locale: string) => LocaleFacts;

/** Keeps what it found out. */
export function createFacts(): Facts {
  const known = new Map<string, LocaleFacts>();
  return (locale) => {
    let facts = known.get(locale);
    if (!facts) {
      facts = factsOf(locale);
      known.set(locale, facts);
    }
    return facts;
  };
}

/** What is known of dates is found out when somebody writes one: the names of months alone take some milliseconds. */
function factsOf(locale: string): LocaleFacts {
  let order: LocaleFacts["dateOrder"] | undefined;
  let months: LocaleFacts["months"] | undefined;
  return {
    decimal: decimalSign(numberFormat(locale)),
    printedDecimal: decimalSign(numberFormat(locale, { numberingSystem: "latn" })),
    get dateOrder() {
      order ??= dateOrder(locale);
      return order;
    },
    get months() {
      months ??= new Map([...monthNames("en"), ...monthNames(locale)]);
      return months;
    },
  };
}

function decimalSign(format: Intl.NumberFormat): "." | "," {
  const parts = format.formatToParts(1.5);
  return parts.some((part) => part.type === "decimal" && [",", "٫"].includes(part.value)) ? "," : ".";
}

function numberFormat(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale.replaceAll("_", "-"), options);
  } catch {
    return new Intl.NumberFormat("en", options);
  }
}

/** Of the Gregorian calendar in UTC; in English where `Intl` takes no such locale. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const all = { ...options, timeZone: "UTC", calendar: "gregory" };
  try {
    return new Intl.DateTimeFormat(locale.replaceAll("_", "-"), all);
  } catch {
    return new Intl.DateTimeFormat("en", all);
  }
}

function dateOrder(locale: string): readonly DatePart[] {
  const parts = dateFormat(locale, { year: "numeric", month: "numeric", day: "numeric" }).formatToParts(0);
  return parts.flatMap(({ type }) => DATE_PARTS.filter((part) => part === type));
}

/** The middle of a month of 1970, ms. */
export function midMonth(month: number): number {
  return toDays({ year: 1970, month, day: 15 }) * DAY_MS;
}

function monthNames(locale: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (let month = 1; month <= 12; month++) {
    for (const style of ["long", "short"] as const) {
      for (const options of [{ month: style }, { month: style, day: "numeric" }] as const) {
        const parts = dateFormat(locale, options).formatToParts(midMonth(month));
        const name = parts.find((part) => part.type === "month")?.value ?? "";
        names.set(foldText(name).replaceAll(".", ""), month);
      }
    }
  }
  return names;
}
